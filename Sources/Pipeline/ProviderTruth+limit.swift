import ProviderAPIs
import Routing

extension ProviderTruth.Reading {
    /// A provider's header, in the router's terms.
    init(_ limit: ProviderLimit) {
        let dimension: LimitDimension =
            switch limit.kind {
            case .requests: .requests
            case .inputTokens: .inputTokens
            case .outputTokens: .outputTokens
            case .tokens: .totalTokens
            case .requestsPerDay: .requestsPerDay
            case .tokensPerDay: .tokensPerDay
            }
        self.init(dimension, limit: limit.limit, remaining: limit.remaining, reset: limit.reset)
    }
}
