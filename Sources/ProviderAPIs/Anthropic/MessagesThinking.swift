internal import GatewayCore

/// How a request asks for thoughts.
struct MessagesThinking {
    enum Mode: Equatable {
        /// Not said: what the model does of its own.
        case unsaid
        case disabled
        case adaptive
        case budget(Int)
    }

    var mode = Mode.unsaid
    var isShown: Bool?
    /// Of `output_config`.
    var effort: String?

    var isOn: Bool { mode != .unsaid && mode != .disabled }

    func write(to json: inout JSONWriter) {
        guard mode != .unsaid else { return }
        json.object("thinking") { json in
            switch mode {
            case .unsaid, .disabled: json.member("type", "disabled")
            case .adaptive: json.member("type", "adaptive")
            case .budget(let tokens):
                json.member("type", "enabled")
                json.member("budget_tokens", tokens)
            }
            if isOn { json.member("display", isShown.map { $0 ? "summarized" : "omitted" }) }
        }
    }
}

extension MessagesRequestWriter {
    /// The fewest tokens of thinking that can be asked for.
    private static let leastBudget = 1024

    /// - Parameter limit: of the whole answer; raised where the client set none and the thoughts would fill it.
    mutating func thinking(turns: [MessagesTurn], limit: inout Int) throws(GatewayError) -> MessagesThinking {
        guard let reasoning = conversation.reasoning else { return MessagesThinking() }
        if reasoning.effort == ReasoningRequest.Effort.none, reasoning.budget == nil {
            return MessagesThinking(mode: .disabled)
        }
        if reasoning.isEffortAlone { return MessagesThinking(effort: reasoning.effort.map(word)) }
        let name = reasoning.effort != nil && reasoning.budget == nil ? "reasoning_effort" : "thinking"
        if isThinkingRefused {
            dropped.append(name)
            return MessagesThinking()
        }
        var thinking = MessagesThinking(mode: .adaptive, isShown: reasoning.isShown)
        if !generation.thinksByBudget, reasoning.budget == nil || !generation.takesBudget {
            thinking.effort = (reasoning.effort ?? reasoning.budget.map(ReasoningRequest.Effort.init(budget:)))
                .map(word)
            return thinking
        }
        guard !Self.hasUnexplainedCall(turns), let budget = try budget(reasoning, limit: &limit) else {
            dropped.append(name)
            return MessagesThinking()
        }
        thinking.mode = .budget(budget)
        // Only who speaks of both has a model that knows both.
        if reasoning.budget != nil { thinking.effort = reasoning.effort.map(word) }
        return thinking
    }

    /// Models that think cannot be forced to call a tool.
    private var isThinkingRefused: Bool {
        if let capabilities = model.capabilities, !capabilities.contains(.reasoning) { return true }
        switch conversation.toolChoice {
        case .required, .function: return true
        default: return false
        }
    }

    /// Whether the last turn calls tools without a thought in front: then a budget is refused. Clients of other
    /// dialects drop thoughts.
    private static func hasUnexplainedCall(_ turns: [MessagesTurn]) -> Bool {
        guard let last = turns.last(where: { $0.role == .assistant }), !last.results.isEmpty else { return false }
        switch last.pieces.first(where: \.isSayable)?.part.content {
        case .thinking, .redactedThinking: return false
        default: return true
        }
    }

    /// Nil when no budget fits below the limit.
    private func budget(_ reasoning: ReasoningRequest, limit: inout Int) throws(GatewayError) -> Int? {
        let wanted = reasoning.budget ?? Self.budget(of: reasoning.effort)
        if conversation.maxTokens == nil, model.maxOutputTokens == nil, wanted >= Self.leastBudget {
            limit = wanted.addingReportingOverflow(limit).overflow ? .max : wanted + limit
            return wanted < limit ? wanted : nil
        }
        if reasoning.budget != nil {
            if wanted >= Self.leastBudget, wanted < limit { return wanted }
            guard model.clampsValues else {
                throw GatewayError(
                    .invalidRequest,
                    "'thinking.budget_tokens' must be \(Self.leastBudget) or more and less than max_tokens,"
                        + " found \(wanted)", parameter: "thinking.budget_tokens")
            }
        }
        // Half is left for words where the client's limit is narrow.
        let fitting = max(Self.leastBudget, min(wanted, limit / 2))
        return fitting < limit ? fitting : nil
    }

    private static func budget(of effort: ReasoningRequest.Effort?) -> Int {
        switch effort {
        case .some(.none), .minimal, .low: 1024
        case .medium, nil: 4096
        case .high, .xhigh, .max: 16_384
        }
    }

    private func word(_ effort: ReasoningRequest.Effort) -> String {
        switch effort {
        case .none, .minimal: "low"
        case .xhigh where !generation.takesEffortAboveHigh: "high"
        default: effort.rawValue
        }
    }
}
