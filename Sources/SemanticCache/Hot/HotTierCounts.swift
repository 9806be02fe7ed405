/// How the hot tier has served so far, and what it holds.
package struct HotTierCounts: Sendable, Equatable {
    /// Answered from memory.
    package var hits = 0
    /// Held, but the last check of the store was too long ago.
    package var stale = 0
    /// Not held.
    package var misses = 0
    package var entries = 0
    /// Answers, keys and bookkeeping, by estimate.
    package var bytes = 0

    package init(hits: Int = 0, stale: Int = 0, misses: Int = 0, entries: Int = 0, bytes: Int = 0) {
        self.hits = hits
        self.stale = stale
        self.misses = misses
        self.entries = entries
        self.bytes = bytes
    }
}
