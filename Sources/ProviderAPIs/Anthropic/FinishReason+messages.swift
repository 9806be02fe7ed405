internal import GatewayCore

extension FinishReason {
    /// Reads a `stop_reason`. A word nobody knows is taken as the plain end.
    init(messages reason: String) {
        switch reason {
        case "max_tokens", "model_context_window_exceeded": self = .length
        case "tool_use": self = .toolCalls
        case "refusal": self = .contentFilter
        default: self = .stop
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
        case .length: return "max_tokens"
        case .toolCalls: return "tool_use"
        case .contentFilter: return "refusal"
        }
    }
}
