/// How well a mirror follows the store.
package struct MirrorFigures: Sendable, Equatable {
    /// Between a change in the store and its being followed, the last time there was one; by the clocks of both.
    package var lag: Duration = .zero
    /// Entries that the audit found in the store and not here. What was stored in that moment is among them.
    package var missing = 0
    /// Entries that the audit found here and no longer in the store: evicted, deleted by hand or missed in the log.
    package var gone = 0
    /// Shards whose sums differed from the store's twice in a row, and that were compared entry by entry.
    package var mismatches = 0
    /// How often everything was read anew because changes were lost.
    package var resyncs = 0

    package init() {}
}
