/// What an answer cost in tokens, as the provider counted it: in parts that do not overlap, so that its cost is a plain
/// sum whatever the provider's dialect calls them.
package struct TokenUsage: Sendable, Equatable {
    /// Input that came from no cache of the provider.
    package let inputUncached: Int
    /// Input read from the provider's prompt cache.
    package let cacheRead: Int
    /// Input written to it, to be kept for five minutes, or for as long as the provider does where it does not say.
    package let cacheWrite5m: Int
    /// Input written to it, to be kept for an hour.
    package let cacheWrite1h: Int
    package let inputAudio: Int
    /// Output that is neither reasoning nor audio.
    package let outputText: Int
    package let outputReasoning: Int
    package let outputAudio: Int

    /// Counts below 0 count as 0: they come from outside.
    package init(
        inputUncached: Int = 0, cacheRead: Int = 0, cacheWrite5m: Int = 0, cacheWrite1h: Int = 0, inputAudio: Int = 0,
        outputText: Int = 0, outputReasoning: Int = 0, outputAudio: Int = 0
    ) {
        self.inputUncached = max(0, inputUncached)
        self.cacheRead = max(0, cacheRead)
        self.cacheWrite5m = max(0, cacheWrite5m)
        self.cacheWrite1h = max(0, cacheWrite1h)
        self.inputAudio = max(0, inputAudio)
        self.outputText = max(0, outputText)
        self.outputReasoning = max(0, outputReasoning)
        self.outputAudio = max(0, outputAudio)
    }

    /// Of which nothing more is known than two sums.
    package init(promptTokens: Int, completionTokens: Int) {
        self.init(inputUncached: promptTokens, outputText: completionTokens)
    }

    /// All input. Saturates, as all sums here do: the counts come from outside.
    package var promptTokens: Int { Self.sum(inputUncached, cacheRead, cacheWrite5m, cacheWrite1h, inputAudio) }

    /// All output.
    package var completionTokens: Int { Self.sum(outputText, outputReasoning, outputAudio) }

    package var totalTokens: Int { Self.sum(promptTokens, completionTokens) }

    private static func sum(_ parts: Int...) -> Int {
        parts.reduce(0) { sum, part in
            let (next, overflows) = sum.addingReportingOverflow(part)
            return overflows ? .max : next
        }
    }
}

extension TokenUsage {
    /// The parts in the order of their declaration, as records of decisions hold them.
    package var parts: [Int] {
        [
            inputUncached, cacheRead, cacheWrite5m, cacheWrite1h, inputAudio, outputText, outputReasoning, outputAudio,
        ]
    }

    /// Nil unless it is one number for each part.
    package init?(parts: [Int]) {
        guard parts.count == 8 else { return nil }
        self.init(
            inputUncached: parts[0], cacheRead: parts[1], cacheWrite5m: parts[2], cacheWrite1h: parts[3],
            inputAudio: parts[4], outputText: parts[5], outputReasoning: parts[6], outputAudio: parts[7])
    }
}
