/// How the memo has served so far, and what it holds.
package struct MemoCounts: Sendable, Equatable {
    /// Texts whose vector was there.
    package var hits = 0
    /// Texts that joined a computation begun for another caller.
    package var shared = 0
    /// Texts that had to be computed.
    package var misses = 0
    package var entries = 0
    /// By estimate.
    package var bytes = 0

    package init(hits: Int = 0, shared: Int = 0, misses: Int = 0, entries: Int = 0, bytes: Int = 0) {
        self.hits = hits
        self.shared = shared
        self.misses = misses
        self.entries = entries
        self.bytes = bytes
    }
}
