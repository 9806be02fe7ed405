/// What became of a judgment of an answer. The raw value is a metric label and part of the answer to who judged.
package enum FeedbackResult: String, Sendable, CaseIterable {
    /// It counts.
    case learned
    /// The tenant has said as much as it may, beside the others.
    case capped
    /// The answer was judged before.
    case repeated
    /// It says nothing of who answered, or what it is about is not learned any more.
    case noLesson = "no_lesson"
}
