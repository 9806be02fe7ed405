/// What became of an entry of the former encoder's that was come upon. The raw value is a metric label.
package enum ReembeddingOutcome: String, Sendable, CaseIterable {
    /// It has the present encoder's vectors now.
    case written
    /// Gone by then, or no longer what was read.
    case changed
    /// Its question is not kept, or those that its curated answer must not be served to.
    case unasked = "no_question"
    /// The present encoder takes no text like it.
    case refused
    /// Damaged, or sealed with another key: no encoder finds it.
    case unreadable
    /// A purge has ended it.
    case purged

    /// Whether the former encoder alone finds it from now on.
    package var stays: Bool { self == .unasked || self == .refused }
}
