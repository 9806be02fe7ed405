/// Where learners stand: what they share with the other replicas and what is theirs alone.
package struct LearningPlace: Sendable {
    /// Nil without an encoder: nothing is learned then.
    package var space: LearningSpace?
    /// Unlike that of any other replica.
    package var replica = ""

    package init(space: LearningSpace? = nil, replica: String = "") {
        self.space = space
        self.replica = replica
    }
}
