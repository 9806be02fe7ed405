import GatewayCore
import Routing

extension LimitNote {
    /// What a client is told of one of its limits.
    init(_ standing: LimitStanding) {
        let name =
            switch standing.dimension {
            case .requests, .requestsPerDay: "requests"
            case .inputTokens, .outputTokens, .totalTokens, .tokensPerDay: "tokens"
            }
        self.init(name: name, limit: standing.limit, remaining: standing.remaining, reset: standing.reset)
    }
}
