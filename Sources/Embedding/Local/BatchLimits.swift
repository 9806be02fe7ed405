/// How much an engine takes at once, and how much may wait for it.
package struct BatchLimits: Sendable, Equatable {
    /// Texts of one pass.
    package var texts: Int
    /// Tokens of one pass; a single longer text still goes, alone.
    package var tokens: Int
    /// Texts that may wait, over all threads.
    package var queue: Int
    /// Engine threads.
    package var threads: Int

    package init(texts: Int = 32, tokens: Int = 2048, queue: Int = 1024, threads: Int = 1) {
        self.texts = max(texts, 1)
        self.tokens = max(tokens, 1)
        self.queue = max(queue, 1)
        self.threads = max(threads, 1)
    }
}
