internal import GatewayCore

/// What a conversation may ask of a Claude model, wherever it is served: its parameters exclude each other in ways that
/// differ from one generation to the next.
struct ClaudeRules {
    let conversation: Conversation
    let model: ProviderModel
    let generation: ClaudeGeneration
    /// The client's parameters that are left out.
    var dropped: [String] = []

    init(_ conversation: Conversation, model: ProviderModel, generation: ClaudeGeneration) {
        self.conversation = conversation
        self.model = model
        self.generation = generation
    }

    /// The most tokens the answer may have; nil where neither the client nor the registry says.
    func answerLimit() throws(GatewayError) -> Int? {
        guard let wanted = conversation.maxTokens else { return model.maxOutputTokens }
        guard let most = model.maxOutputTokens, wanted > most else { return wanted }
        guard model.clampsValues else {
            throw GatewayError(
                .invalidRequest, "'max_tokens' must be at most \(most) for this model, found \(wanted)",
                parameter: "max_tokens")
        }
        return most
    }

    /// The choice of tools as far as the model lets itself be told; it chooses where it refuses to be told.
    var toolChoice: ToolChoice? {
        guard generation.refusesForcedTools, conversation.toolChoice?.isForced == true else {
            return conversation.toolChoice
        }
        return .auto
    }

    /// The fewest tokens of thinking that can be asked for.
    private static let leastBudget = 1024

    /// - Parameter limit: of the whole answer; raised where the client set none and the thoughts would fill it.
    mutating func thinking(limit: inout Int?) throws(GatewayError) -> ClaudeThinking {
        guard let reasoning = conversation.reasoning else { return ClaudeThinking() }
        if reasoning.effort == ReasoningRequest.Effort.none, reasoning.budget == nil {
            if generation.alwaysThinks {
                dropped.append("reasoning_effort")
                return ClaudeThinking(effort: word(.none))
            }
            return ClaudeThinking(mode: generation.thinks ? .disabled : .unsaid)
        }
        if reasoning.isEffortAlone { return ClaudeThinking(effort: reasoning.effort.map(word)) }
        let name = reasoning.effort != nil && reasoning.budget == nil ? "reasoning_effort" : "thinking"
        if isThinkingRefused {
            dropped.append(name)
            return ClaudeThinking()
        }
        // Who gives a budget is shown the thoughts; models that take none keep them to themselves unless they are told.
        let isShown = reasoning.isShown ?? (reasoning.budget != nil && !generation.takesBudget ? true : nil)
        var thinking = ClaudeThinking(mode: .adaptive, isShown: isShown)
        if !generation.thinksByBudget, reasoning.budget == nil || !generation.takesBudget {
            thinking.effort = (reasoning.effort ?? reasoning.budget.map(ReasoningRequest.Effort.init(budget:)))
                .map(word)
            return thinking
        }
        guard !conversation.hasUnexplainedCall, let budget = try budget(reasoning, limit: &limit) else {
            dropped.append(name)
            return ClaudeThinking()
        }
        thinking.mode = .budget(budget)
        // Only who speaks of both has a model that knows both.
        if reasoning.budget != nil { thinking.effort = reasoning.effort.map(word) }
        return thinking
    }

    /// Models that think cannot be forced to call a tool.
    private var isThinkingRefused: Bool {
        if let capabilities = model.capabilities, !capabilities.contains(.reasoning) { return true }
        return !generation.thinks || toolChoice?.isForced == true
    }

    /// Nil when no budget fits below the limit.
    private func budget(_ reasoning: ReasoningRequest, limit: inout Int?) throws(GatewayError) -> Int? {
        let wanted = reasoning.budget ?? Self.budget(of: reasoning.effort)
        if conversation.maxTokens == nil, model.maxOutputTokens == nil, wanted >= Self.leastBudget {
            // What the model does without a limit has room for both.
            guard let least = limit else { return wanted }
            let (raised, overflows) = wanted.addingReportingOverflow(least)
            limit = overflows ? .max : raised
            return overflows ? nil : wanted
        }
        let most = limit ?? .max
        if reasoning.budget != nil {
            if wanted >= Self.leastBudget, wanted < most { return wanted }
            guard model.clampsValues else {
                throw GatewayError(
                    .invalidRequest,
                    "'thinking.budget_tokens' must be \(Self.leastBudget) or more and less than max_tokens,"
                        + " found \(wanted)", parameter: "thinking.budget_tokens")
            }
        }
        // Half is left for words where the client's limit is narrow.
        let fitting = max(Self.leastBudget, min(wanted, most / 2))
        return fitting < most ? fitting : nil
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
