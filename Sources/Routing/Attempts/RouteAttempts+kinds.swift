package import GatewayCore

extension RouteAttempts {
    /// The targets that are left, in the order of the configuration.
    package var targets: [Target] { candidates.map(\.target) }

    /// Leaves those whose provider has an API that the request needs.
    package mutating func keep(_ isWanted: (Target) -> Bool) {
        candidates.removeAll { !isWanted($0.target) }
    }

    /// The same for calls that cost nothing and use nothing that is limited, such as counting tokens: they neither wait
    /// for room nor take any.
    package var uncounted: RouteAttempts {
        let free = candidates.map {
            RouteCandidate(
                target: $0.target, tier: $0.tier, weight: $0.weight, limits: Limits(), retry: $0.retry,
                fallback: $0.fallback, profile: nil, estimate: .none, cost: nil)
        }
        var attempts = RouteAttempts(
            route: route, model: model, candidates: free, explanation: explanation, traits: nil, scope: nil,
            sessionKey: nil, desk: desk)
        attempts.deadline = deadline
        return attempts
    }
}
