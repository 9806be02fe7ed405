/// What became of a judgment of an answer. The raw value is a metric label and part of the answer to who judged.
package enum FeedbackResult: String, Sendable, CaseIterable {
    /// It counts.
    case learned
    /// The tenant has said as much as it may, beside the others, or the user as much as one may in an hour.
    case capped
    /// The answer was judged before.
    case repeated
    /// It says nothing of who answered, or what it is about is not learned any more.
    case noLesson = "no_lesson"
    /// The question will not get this answer from the cache again.
    case vetoed
    /// It was the question's own answer: somebody else must say the same before it goes.
    case noted
    /// Two have called it wrong: it is no longer in the cache.
    case quarantined
    /// It was stale, and is no longer in the cache.
    case removed
    /// An operator wrote it, who was told.
    case reported
}
