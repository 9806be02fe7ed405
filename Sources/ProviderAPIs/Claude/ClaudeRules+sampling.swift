internal import GatewayCore

extension ClaudeRules {
    /// How tokens are drawn, as far as the model lets itself be told.
    mutating func sampling(isThinking: Bool) throws(GatewayError) -> Sampling {
        let wanted = conversation.sampling
        var allowed = Sampling()
        var temperature = wanted.temperature
        if let hot = temperature, hot > 1 {
            guard model.clampsValues else {
                throw GatewayError(
                    .invalidRequest, "'temperature' must be at most 1 for this model, found \(hot)",
                    parameter: "temperature")
            }
            temperature = 1
        }
        let takesAll = generation.takesSampling
        // 1 is what a model does of its own in both.
        if let temperature {
            if takesAll, !isThinking { allowed.temperature = temperature } else if temperature != 1 {
                dropped.append("temperature")
            }
        }
        if let topP = wanted.topP {
            let isAlone = temperature == nil || generation.takesTemperatureWithTopP
            if takesAll, isAlone, !isThinking || topP >= 0.95 { allowed.topP = topP } else if topP != 1 {
                dropped.append("top_p")
            }
        }
        if let topK = wanted.topK {
            if takesAll, !isThinking { allowed.topK = topK } else { dropped.append("top_k") }
        }
        return allowed
    }
}
