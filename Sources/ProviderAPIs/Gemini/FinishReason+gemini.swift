internal import GatewayCore

extension FinishReason {
    /// Reads Gemini's word. Only a plain stop becomes `tool_calls`: a limit or a filter that came in between left
    /// calls that are not whole.
    /// - Throws: ``ProviderFailure`` when the model ended in a mistake of its own, which is no end of an answer.
    static func gemini(_ reason: String, hasCalls: Bool) throws(ProviderFailure) -> FinishReason {
        switch reason {
        case "STOP": return hasCalls ? .toolCalls : .stop
        case "MAX_TOKENS": return .length
        case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "MODEL_ARMOR", "IMAGE_SAFETY",
            "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "IMAGE_OTHER":
            return .contentFilter
        case "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS", "MALFORMED_RESPONSE",
            "MISSING_THOUGHT_SIGNATURE":
            throw ProviderFailure(.malformedAnswer, message: "the model ended with \(reason)")
        // `OTHER`, `LANGUAGE`, and what a later version adds.
        default: return .other(reason)
        }
    }
}
