internal import GatewayCore

/// How counted tokens stand in this dialect: sums, and details of which each is a part of its sum.
enum ResponsesUsage {
    /// Nil unless there is a count of input.
    static func read(_ element: JSONElement?) -> TokenUsage? {
        guard let element, let input = element["input_tokens"]?.integer, input >= 0 else { return nil }
        let inputDetails = element["input_tokens_details"]
        var prompt = OpenAITokenDetails(of: input, inputDetails)
        var answer = OpenAITokenDetails(
            of: max(element["output_tokens"]?.integer ?? 0, 0), element["output_tokens_details"])
        let (cached, written) = (prompt.take("cached_tokens"), prompt.take("cache_write_tokens"))
        let (heard, thought, spoken) = (
            prompt.take("audio_tokens"), answer.take("reasoning_tokens"), answer.take("audio_tokens")
        )
        return TokenUsage(
            inputUncached: prompt.rest, cacheRead: cached, cacheWrite5m: written, inputAudio: heard,
            outputText: answer.rest, outputReasoning: thought, outputAudio: spoken)
    }

    static func write(_ usage: TokenUsage, to json: inout JSONWriter) {
        let (written, overflows) = usage.cacheWrite5m.addingReportingOverflow(usage.cacheWrite1h)
        json.object { json in
            json.member("input_tokens", usage.promptTokens)
            json.object("input_tokens_details") {
                $0.member("cached_tokens", usage.cacheRead)
                $0.member("cache_write_tokens", overflows ? .max : written)
            }
            json.member("output_tokens", usage.completionTokens)
            json.object("output_tokens_details") { $0.member("reasoning_tokens", usage.outputReasoning) }
            json.member("total_tokens", usage.totalTokens)
        }
    }
}
