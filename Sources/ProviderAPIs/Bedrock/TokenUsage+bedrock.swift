internal import GatewayCore

extension TokenUsage {
    /// Reads `usage`: the input does not hold what was read from the cache or written to it. Thoughts are output and
    /// not counted apart.
    init(bedrock usage: JSONElement) {
        func count(_ element: JSONElement, _ name: String) -> Int { max(0, element[name]?.integer ?? 0) }
        let written = count(usage, "cacheWriteInputTokens")
        let long = usage["cacheDetails"]?.elements.reduce(0) { sum, detail in
            guard detail["ttl"]?.string == "1h" else { return sum }
            return min(written, sum.addingReportingOverflow(min(written, count(detail, "inputTokens"))).partialValue)
        }
        let writtenForHour = max(0, long ?? 0)
        self.init(
            inputUncached: count(usage, "inputTokens"), cacheRead: count(usage, "cacheReadInputTokens"),
            cacheWrite5m: written - writtenForHour, cacheWrite1h: writtenForHour,
            outputText: count(usage, "outputTokens"))
    }
}
