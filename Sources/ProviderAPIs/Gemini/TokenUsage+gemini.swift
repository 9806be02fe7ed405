internal import GatewayCore

extension TokenUsage {
    /// Reads `usageMetadata`: the prompt holds what was cached, the candidates do not hold the thoughts, and what tools
    /// of Google's own brought is counted beside the prompt.
    init(gemini usage: JSONElement) {
        func count(_ name: String) -> Int { max(0, usage[name]?.integer ?? 0) }
        func audio(_ name: String) -> Int {
            usage[name]?.elements.first { $0["modality"]?.string == "AUDIO" }?["tokenCount"]?.integer ?? 0
        }
        let prompt = count("promptTokenCount")
        let cached = min(count("cachedContentTokenCount"), prompt)
        // Heard and read from the cache is cached first: both have a price, and the cheaper one is right.
        let heard = max(0, audio("promptTokensDetails").saturatingDifference(audio("cacheTokensDetails")))
        let inputAudio = min(heard, prompt - cached)
        let candidates = count("candidatesTokenCount")
        let spoken = min(max(0, audio("candidatesTokensDetails")), candidates)
        self.init(
            inputUncached: (prompt - cached - inputAudio).saturatingSum(count("toolUsePromptTokenCount")),
            cacheRead: cached, inputAudio: inputAudio, outputText: candidates - spoken,
            outputReasoning: count("thoughtsTokenCount"), outputAudio: spoken)
    }
}

extension Int {
    fileprivate func saturatingSum(_ other: Int) -> Int {
        let (sum, overflows) = addingReportingOverflow(other)
        return overflows ? .max : sum
    }

    fileprivate func saturatingDifference(_ other: Int) -> Int {
        let (difference, overflows) = subtractingReportingOverflow(other)
        return overflows ? 0 : difference
    }
}
