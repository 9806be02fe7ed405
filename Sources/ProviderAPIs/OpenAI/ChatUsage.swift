internal import GatewayCore

/// How counted tokens stand in this dialect: sums, and details of which each is a part of its sum.
enum ChatUsage {
    static func write(_ usage: TokenUsage, to json: inout JSONWriter) {
        json.object { json in
            json.member("prompt_tokens", usage.promptTokens)
            json.member("completion_tokens", usage.completionTokens)
            json.member("total_tokens", usage.totalTokens)
            json.object("prompt_tokens_details") {
                $0.member("cached_tokens", usage.cacheRead)
                let written = usage.cacheWrite5m.addingReportingOverflow(usage.cacheWrite1h)
                let isWritten = usage.cacheWrite5m > 0 || usage.cacheWrite1h > 0
                if isWritten { $0.member("cache_write_tokens", written.overflow ? .max : written.partialValue) }
                $0.member("audio_tokens", usage.inputAudio)
            }
            json.object("completion_tokens_details") {
                $0.member("reasoning_tokens", usage.outputReasoning)
                $0.member("audio_tokens", usage.outputAudio)
            }
        }
    }
}
