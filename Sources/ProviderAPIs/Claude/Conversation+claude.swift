internal import GatewayCore

extension ToolChoice {
    /// Whether a tool must be called.
    var isForced: Bool {
        switch self {
        case .required, .function: true
        case .auto, .none, .native: false
        }
    }
}

extension ContentPart {
    /// Whether a Claude model takes it: texts without a word are refused, and so are thoughts that are not its own.
    var isSayableToClaude: Bool {
        switch content {
        case .text(let text), .refusal(let text): !text.allSatisfy(\.isWhitespace)
        case .thinking(_, let signature): signature.map { !$0.isEmpty && ThoughtOrigin.of($0) == nil } ?? false
        case .redactedThinking(let data): !data.isEmpty && ThoughtOrigin.of(data) == nil
        default: true
        }
    }
}

extension Conversation {
    /// Whether the last turn calls tools without a thought in front: then a budget of thinking is refused. Clients of
    /// other dialects drop thoughts.
    var hasUnexplainedCall: Bool {
        guard let last = messages.lastIndex(where: { $0.role == .assistant }), !messages[last].toolCalls.isEmpty,
            messages[last...].contains(where: { $0.role == .tool })
        else { return false }
        let first = messages[..<last].lastIndex { $0.role != .assistant }.map { $0 + 1 } ?? 0
        switch messages[first...last].lazy.flatMap(\.parts).first(where: \.isSayableToClaude)?.content {
        case .thinking, .redactedThinking: return false
        default: return true
        }
    }
}
