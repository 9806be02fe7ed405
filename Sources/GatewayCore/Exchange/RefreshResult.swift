/// What became of making an answer anew. The raw value is a metric label.
package enum RefreshResult: String, Sendable, CaseIterable {
    /// Stored; it says what the answer before said.
    case unchanged
    /// Stored; it says something else.
    case changed
    /// Stored; nobody could tell whether it says the same.
    case uncompared
    /// Another replica does it, or has done it.
    case elsewhere
    /// This replica has as many under way as it may.
    case busy
    /// There was no answer, or no room for the call.
    case failed
    /// There was an answer that is not kept.
    case refused
    /// Another replica took over meanwhile, or the answer was deleted.
    case superseded
    /// The store did not answer.
    case storeDown = "store_down"
    /// The replica shuts down.
    case cancelled
}
