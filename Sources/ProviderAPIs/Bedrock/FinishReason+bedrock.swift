internal import GatewayCore

extension FinishReason {
    /// Reads a `stopReason`. Some makers' models call tools and say that they ended their turn.
    /// - Throws: ``ProviderFailure`` when the model ended in a mistake of its own, which is no end of an answer.
    static func bedrock(_ reason: String, hasCalls: Bool) throws(ProviderFailure) -> FinishReason {
        switch reason {
        case "tool_use": return .toolCalls
        case "end_turn", "stop_sequence": return hasCalls ? .toolCalls : .stop
        case "max_tokens", "model_context_window_exceeded": return .length
        case "guardrail_intervened", "content_filtered", "refusal": return .contentFilter
        case "malformed_model_output", "malformed_tool_use":
            throw ProviderFailure(.malformedAnswer, message: "the model ended with \(reason)")
        default: return .other(reason)
        }
    }
}
