internal import GatewayCore

/// How a model of Bedrock is told how hard to think: each maker has a way of its own.
struct BedrockThought {
    /// Members of `additionalModelRequestFields`.
    private(set) var fields: [(String, JSONText)] = []
    /// `outputConfig.effort`.
    private(set) var effort: String?
    /// The limit of the answer, where the client's leaves no room for the thoughts.
    private(set) var maxTokens: Int?
    /// Whether the client asked for thoughts and the model cannot be told.
    private(set) var isDropped = false
    private(set) var fixesTemperature = false

    init(_ conversation: Conversation, model: BedrockModel) {
        guard let reasoning = conversation.reasoning, reasoning.effort != nil || reasoning.budget != nil else { return }
        let effort = reasoning.effort ?? reasoning.budget.map(ReasoningRequest.Effort.init(budget:)) ?? .medium
        switch model.maker {
        case .anthropic(let version):
            // Not to think is the habit.
            if effort == .none { return }
            // Before 3.7 none thought; and a call that is forced leaves no place for thoughts.
            let isForced = conversation.toolChoice?.isForced == true
            if isForced || (version ?? 40) < 37 || !model.thinksAdaptively && conversation.hasUnexplainedCall {
                isDropped = true
            } else if model.thinksAdaptively {
                adapt(effort, version: version ?? 46)
            } else {
                spend(reasoning, effort, limit: conversation.maxTokens)
            }
        case .amazon(let version) where version >= 2: thinkAsNova(effort)
        case .openAI:
            let word = effort == .low || effort == .minimal || effort == .none ? "low" : effort.atMostHigh
            fields = [("reasoning_effort", Self.json { $0.string(word) })]
        case .amazon, .mistral, .other: isDropped = effort != .none
        }
    }

    private mutating func adapt(_ effort: ReasoningRequest.Effort, version: Int) {
        fields = [("thinking", Self.json { json in json.object { $0.member("type", "adaptive") } })]
        self.effort =
            switch effort {
            case .none, .minimal, .low: "low"
            case .medium: "medium"
            case .high: "high"
            case .xhigh: version >= 47 ? "xhigh" : "high"
            case .max: "max"
            }
        fixesTemperature = true
    }

    /// The budget must be 1,024 at least and below the limit of the answer.
    private mutating func spend(_ reasoning: ReasoningRequest, _ effort: ReasoningRequest.Effort, limit: Int?) {
        let budget = max(1024, reasoning.budget ?? Self.budget(effort))
        let thinking = Self.json { json in
            json.object {
                $0.member("type", "enabled")
                $0.member("budget_tokens", budget)
            }
        }
        fields = [("thinking", thinking)]
        if let limit, limit <= budget {
            let (raised, overflows) = budget.addingReportingOverflow(limit)
            maxTokens = overflows ? .max : raised
        }
        fixesTemperature = true
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

    private static func budget(_ effort: ReasoningRequest.Effort) -> Int {
        switch effort {
        case .none, .minimal, .low: 1024
        case .medium: 4096
        case .high, .xhigh, .max: 16_384
        }
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

extension Conversation {
    /// Whether the last turn calls tools without a thought of Claude's own in front: then a budget is refused. Clients
    /// of other dialects drop thoughts.
    fileprivate var hasUnexplainedCall: Bool {
        guard let last = messages.lastIndex(where: { $0.role == .assistant }), !messages[last].toolCalls.isEmpty,
            messages[(last + 1)...].contains(where: { $0.role == .tool })
        else { return false }
        return !messages[last].parts.contains { part in
            switch part.content {
            case .thinking(_, let signature?): ThoughtOrigin.of(signature) == nil
            case .redactedThinking: true
            default: false
            }
        }
    }
}

extension ToolChoice {
    /// Whether a tool must be called.
    var isForced: Bool {
        switch self {
        case .required, .function: true
        case .auto, .none, .native: false
        }
    }
}
