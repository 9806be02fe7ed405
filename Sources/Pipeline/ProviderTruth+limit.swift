import ProviderAPIs
import Routing

extension ProviderTruth.Reading {
    /// A provider's header, in the router's terms.
    init(_ limit: ProviderLimit) {
        self.init(LimitDimension(limit.kind), limit: limit.limit, remaining: limit.remaining, reset: limit.reset)
    }
}

extension LimitDimension {
    /// What a provider names, in the router's terms.
    init(_ kind: ProviderLimit.Kind) {
        self =
            switch kind {
            case .requests: .requests
            case .inputTokens: .inputTokens
            case .outputTokens: .outputTokens
            case .tokens: .totalTokens
            case .requestsPerDay: .requestsPerDay
            case .tokensPerDay: .tokensPerDay
            }
    }
}
