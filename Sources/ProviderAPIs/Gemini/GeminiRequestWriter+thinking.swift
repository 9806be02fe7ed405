internal import GatewayCore

extension GeminiRequestWriter {
    /// Levels from the third generation on, a budget of tokens before; models before 2.5 do not think.
    mutating func writeThinking(to json: inout JSONWriter) {
        guard let reasoning = conversation.reasoning else { return }
        guard generation?.thinks != false else {
            if reasoning.effort != ReasoningRequest.Effort.none { drop("reasoning_effort") }
            return
        }
        // The third generation still takes a budget, the one before takes no level: so a budget where it is not known.
        let takesLevels = generation?.isThirdOrLater == true
        let budget = reasoning.budget ?? (takesLevels ? nil : reasoning.effort.flatMap(budget))
        let level = takesLevels ? reasoning.effort.map(level) : nil
        // Who gives a budget in Anthropic's way is shown the thoughts unless they are unwanted.
        let isShown = reasoning.isShown ?? (reasoning.budget != nil ? true : nil)
        if budget == nil, level == nil, isShown == nil { return }
        json.object("thinkingConfig") {
            $0.member("includeThoughts", isShown)
            // The two exclude each other.
            if let level { $0.member("thinkingLevel", level) } else { $0.member("thinkingBudget", budget) }
        }
    }

    /// Models named pro cannot be told not to think, nor to think the least; the first of the third generation had two
    /// levels only.
    private func level(_ effort: ReasoningRequest.Effort) -> String {
        let isPro = generation?.isPro == true
        return switch effort {
        case .none, .minimal: isPro ? "LOW" : "MINIMAL"
        case .low: "LOW"
        case .medium: isPro && generation?.number == 30 ? "HIGH" : "MEDIUM"
        case .high, .xhigh, .max: "HIGH"
        }
    }

    /// Google's own table for its OpenAI-compatible endpoint.
    private func budget(_ effort: ReasoningRequest.Effort) -> Int? {
        switch effort {
        // The least a model named pro takes.
        case .none: generation?.isPro == true ? 128 : 0
        case .minimal, .low: 1024
        case .medium: 8192
        case .high, .xhigh, .max: 24_576
        }
    }
}
