/// What must be known of a served answer to make it anew. Made by SemanticCache alone.
package struct RefreshDue: Sendable {
    /// When the served answer was made.
    package let created: UnixTime
    /// The question it was stored for; nil where requests are matched whole.
    package let question: String?
    /// What it can be forgotten by: a new answer to the same question keeps it, whoever asked this time.
    package let labels: CacheLabels
    /// By how many doublings its soft life was longer than usual.
    package let step: Int

    package init(created: UnixTime, question: String?, labels: CacheLabels, step: Int) {
        self.created = created
        self.question = question
        self.labels = labels
        self.step = step
    }
}
