internal import GatewayCore

/// How a model of Bedrock is told how hard to think: each maker has a way of its own.
struct BedrockThought {
    /// Members of `additionalModelRequestFields`.
    private(set) var fields: [(String, JSONText)] = []
    /// `outputConfig.effort`.
    private(set) var effort: String?
    /// Whether the client asked for thoughts and the model cannot be told.
    private(set) var isDropped = false

    /// - Parameter claude: how a Claude model thinks; others are asked by what the conversation says.
    init(_ conversation: Conversation, model: BedrockModel, claude: ClaudeThinking) {
        if model.isClaude {
            effort = claude.effort
            // Not to think is said, too: from the fifth generation on models think of their own.
            if claude.mode != .unsaid { fields = [("thinking", Self.json(claude.write))] }
            return
        }
        guard let reasoning = conversation.reasoning, reasoning.effort != nil || reasoning.budget != nil else { return }
        let effort = reasoning.effort ?? reasoning.budget.map(ReasoningRequest.Effort.init(budget:)) ?? .medium
        switch model.maker {
        case .anthropic: return
        case .amazon(let version) where version >= 2: thinkAsNova(effort)
        case .openAI:
            let word = effort == .low || effort == .minimal || effort == .none ? "low" : effort.atMostHigh
            fields = [("reasoning_effort", Self.json { $0.string(word) })]
        case .amazon, .mistral, .other: isDropped = effort != .none
        }
    }

    private mutating func thinkAsNova(_ effort: ReasoningRequest.Effort) {
        if effort == .none { return }
        let word = effort == .minimal ? "low" : effort.atMostHigh
        let config = Self.json { json in
            json.object {
                $0.member("type", "enabled")
                $0.member("maxReasoningEffort", word)
            }
        }
        fields = [("reasoningConfig", config)]
    }

    private static func json(_ write: (inout JSONWriter) -> Void) -> JSONText {
        var json = JSONWriter(capacity: 64)
        write(&json)
        return JSONText(valid: json.bytes)
    }
}

extension ReasoningRequest.Effort {
    fileprivate var atMostHigh: String { self == .xhigh || self == .max ? "high" : rawValue }
}
