internal import GatewayCore

extension MessagesRequestWriter {
    /// Writes how tokens are drawn, as far as the model lets itself be told.
    mutating func writeSampling(isThinking: Bool, to json: inout JSONWriter) throws(GatewayError) {
        let sampling = conversation.sampling
        var temperature = sampling.temperature
        if let wanted = temperature, wanted > 1 {
            guard model.clampsValues else {
                throw GatewayError(
                    .invalidRequest, "'temperature' must be at most 1 for the provider of this model, found \(wanted)",
                    parameter: "temperature")
            }
            temperature = 1
        }
        let takesAll = generation.takesSampling
        // 1 is what a model does of its own in both.
        if let temperature {
            if takesAll, !isThinking { json.member("temperature", temperature) } else if temperature != 1 {
                dropped.append("temperature")
            }
        }
        if let topP = sampling.topP {
            let isAlone = temperature == nil || generation.takesTemperatureWithTopP
            if takesAll, isAlone, !isThinking || topP >= 0.95 { json.member("top_p", topP) } else if topP != 1 {
                dropped.append("top_p")
            }
        }
        if let topK = sampling.topK {
            if takesAll, !isThinking { json.member("top_k", topK) } else { dropped.append("top_k") }
        }
        noteUnknown(sampling)
    }

    /// What says nothing, such as a penalty of 0, is not missed.
    private mutating func noteUnknown(_ sampling: Sampling) {
        if sampling.seed != nil { dropped.append("seed") }
        if sampling.presencePenalty ?? 0 != 0 { dropped.append("presence_penalty") }
        if sampling.frequencyPenalty ?? 0 != 0 { dropped.append("frequency_penalty") }
        if sampling.logitBias != nil { dropped.append("logit_bias") }
        if sampling.logprobs == true { dropped.append("logprobs") }
        if sampling.topLogprobs ?? 0 != 0 { dropped.append("top_logprobs") }
    }
}
