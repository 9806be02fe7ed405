/// Tokens of one answer. The dialects differ in which of these they count inside which.
struct MockUsage: Sendable, Equatable {
    /// All of the prompt, what was cached included.
    let prompt: Int
    /// Of the prompt, read from the provider's cache.
    let cacheRead: Int
    /// Of the prompt, written to the provider's cache.
    let cacheWrite: Int
    /// All of the answer, thinking included.
    let output: Int
    /// Of the answer, thinking.
    let thinking: Int

    /// Of the prompt, neither read from a cache nor written to one.
    var uncached: Int { prompt - cacheRead - cacheWrite }
    var total: Int { prompt + output }

    /// - Parameters:
    ///   - output: tokens of the answer, thinking included.
    ///   - thinking: tokens of thinking among them.
    init(_ prompt: MockPrompt, behavior: MockBehavior, output: Int, thinking: Int) {
        self.prompt = prompt.promptTokens
        cacheRead = min(behavior.cachedTokens ?? 0, self.prompt)
        let marked = behavior.cacheWriteTokens ?? prompt.markedBytes.map(MockPrompt.tokens) ?? 0
        // What was read need not be written: a mark covers both.
        let written = behavior.cacheWriteTokens == nil ? max(0, marked - cacheRead) : marked
        cacheWrite = min(written, self.prompt - cacheRead)
        self.output = output
        self.thinking = thinking
    }
}
