internal import GatewayCore

extension FinishReason {
    /// Reads a `stop_reason`. A turn that pauses is none that ended.
    init(messages reason: String) {
        switch reason {
        case "max_tokens", "model_context_window_exceeded": self = .length
        case "tool_use": self = .toolCalls
        case "refusal": self = .contentFilter
        case "end_turn", "stop_sequence": self = .stop
        default: self = .other(reason)
        }
    }

    private static let messagesWords: Set<String> = [
        "end_turn", "max_tokens", "stop_sequence", "tool_use", "pause_turn", "refusal", "model_context_window_exceeded",
    ]

    /// The `stop_reason` of an answer.
    /// - Parameters:
    ///   - native: the provider's word; it stands where it is one of this dialect.
    ///   - callsTools: some providers say `stop` although they call tools; clients then would not run them.
    ///   - refuses: whether the model said in so many words that it refuses.
    func messagesWord(native: String?, stopSequence: String?, callsTools: Bool, refuses: Bool) -> String {
        if let native, Self.messagesWords.contains(native) { return native }
        switch self {
        case .stop:
            if callsTools { return "tool_use" }
            if refuses { return "refusal" }
            return stopSequence == nil ? "end_turn" : "stop_sequence"
        // The nearest to an end nobody knows: what came is not the whole answer.
        case .length, .other: return "max_tokens"
        case .toolCalls: return "tool_use"
        case .contentFilter: return "refusal"
        }
    }
}
