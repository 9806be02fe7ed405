package import GatewayCore

extension LimitNote {
    /// What a client is told of the limit that refused it; nil where the limit is no number of its own.
    init?(_ denial: Denial) {
        guard case .scope = denial.cause, let dimension = denial.dimension, let limit = denial.limit else { return nil }
        let left = max(0, limit - max(0, denial.used))
        self.init(
            LimitStanding(dimension: dimension, limit: limit, remaining: left, reset: denial.retryAfter ?? .zero))
    }

    /// What a client is told of one of its limits.
    package init(_ standing: LimitStanding) {
        let name =
            switch standing.dimension {
            case .requests, .requestsPerDay: "requests"
            case .inputTokens, .outputTokens, .totalTokens, .tokensPerDay: "tokens"
            }
        self.init(name: name, limit: standing.limit, remaining: standing.remaining, reset: standing.reset)
    }
}
