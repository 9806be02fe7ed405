internal import GatewayCore

extension Sampling {
    /// The names of what is wished of single tokens, besides how they are drawn. What says nothing, such as a penalty
    /// of 0, is not among them.
    var weights: [String] {
        let wishes: [(name: String, isSaid: Bool)] = [
            ("presence_penalty", presencePenalty ?? 0 != 0), ("frequency_penalty", frequencyPenalty ?? 0 != 0),
            ("logit_bias", logitBias != nil), ("logprobs", logprobs == true), ("top_logprobs", topLogprobs ?? 0 != 0),
        ]
        return wishes.filter(\.isSaid).map(\.name)
    }
}
