import GatewayCore

extension GatewayError {
    /// What a client is told when limits leave no room. Names no deployment.
    init(_ denial: Denial) {
        switch denial.cause {
        case .budget(let scope, let period):
            self.init(
                .budgetExhausted, "the \(period.words) budget of the \(scope.kind.rawValue) is used up",
                retryAfter: denial.retryAfter)
        case .scope(let scope):
            let limit = denial.limit.map { " of \($0)" } ?? ""
            let what = denial.dimension?.words ?? "use"
            self.init(
                .rateLimited, "the \(scope.kind.rawValue) has used its limit\(limit) \(what)",
                retryAfter: denial.retryAfter)
        case .concurrency(let scope):
            let limit = denial.limit.map { " of \($0)" } ?? ""
            self.init(
                .rateLimited, "the \(scope.kind.rawValue) has used its limit\(limit) requests at the same time",
                retryAfter: denial.retryAfter)
        case .upstream:
            self.init(
                .rateLimited, "no provider of this model has room for the request now",
                retryAfter: denial.retryAfter)
        }
        refusal = LimitRefusal(denial)
        limit = LimitNote(denial)
    }
}

extension LimitRefusal {
    init(_ denial: Denial) {
        let dimension = denial.dimension.map { Dimension($0) }
        switch denial.cause {
        case .budget(let scope, _): self.init(Scope(scope.kind), .budget)
        case .scope(let scope): self.init(Scope(scope.kind), dimension ?? .blocked)
        case .concurrency(let scope): self.init(Scope(scope.kind), .concurrency)
        case .upstream: self.init(.provider, dimension ?? .blocked)
        }
    }
}

extension LimitRefusal.Scope {
    fileprivate init(_ kind: LimitScope.Kind) {
        self =
            switch kind {
            case .tenant: .tenant
            case .team: .team
            case .key: .key
            }
    }
}

extension LimitRefusal.Dimension {
    fileprivate init(_ dimension: LimitDimension) {
        self =
            switch dimension {
            case .requests: .requests
            case .inputTokens: .inputTokens
            case .outputTokens: .outputTokens
            case .totalTokens: .tokens
            case .requestsPerDay: .requestsPerDay
            case .tokensPerDay: .tokensPerDay
            }
    }
}

extension LimitDimension {
    fileprivate var words: String {
        switch self {
        case .requests: "requests a minute"
        case .inputTokens: "input tokens a minute"
        case .outputTokens: "output tokens a minute"
        case .totalTokens: "tokens a minute"
        case .requestsPerDay: "requests a day"
        case .tokensPerDay: "tokens a day"
        }
    }
}

extension HardBudget.Period {
    fileprivate var words: String {
        switch self {
        case .day: "day's"
        case .month: "month's"
        case .total: "whole"
        }
    }
}
