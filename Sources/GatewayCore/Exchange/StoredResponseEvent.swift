/// What became of a response that may be kept, or of a question for one. The raw value is a metric label.
package enum StoredResponseEvent: String, Sendable, CaseIterable {
    case kept
    /// With all that was said before it, it is over the operator's bound.
    case tooLarge = "too_large"
    /// The store did not take it.
    case notKept = "not_kept"
    case found
    /// Never there, or not any longer.
    case unknown
    case deleted
    /// The store did not answer a question.
    case unavailable
}
