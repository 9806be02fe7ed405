package import GatewayCore

extension RouteAttempts {
    /// The targets that are left, in the order of the configuration.
    package var targets: [Target] { candidates.map(\.target) }

    /// Whether a target that is left is one of these.
    package func contains(where isMeant: (Target) -> Bool) -> Bool { candidates.contains { isMeant($0.target) } }

    /// Leaves those whose provider has an API that the request needs.
    package mutating func keep(_ isWanted: (Target) -> Bool) {
        candidates.removeAll { !isWanted($0.target) }
    }

    /// The same for calls that cost nothing and use nothing that is limited, such as counting tokens: they neither wait
    /// for room nor take any.
    package var uncounted: RouteAttempts {
        var attempts = RouteAttempts(
            route: route, model: model, candidates: candidates.map(\.free), explanation: explanation, traits: nil,
            scopes: [], sessionKey: nil, desk: desk)
        attempts.deadline = deadline
        return attempts
    }
}
