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
}
