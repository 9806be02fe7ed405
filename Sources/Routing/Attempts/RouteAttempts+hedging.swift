import GatewayCore

extension RouteAttempts {
    /// How long to wait for the first content of an attempt before another target is asked too; nil for not at all:
    /// the route does not hedge, no other target is left, or too little is known of this one. Counts the request;
    /// ask once, for its first attempt.
    package func hedgeDelay(for attempt: RouteAttempt) -> Duration? {
        guard let hedging = route.hedging, !candidates.isEmpty else { return nil }
        hedging.count()
        return desk.health.firstToken(
            of: attempt.target.deployment, quantile: hedging.rule.quantile, now: .now)
    }

    /// The target to ask beside one that is late; nil when the route's budget is spent, or none has room at once and is
    /// well. Never waits for room, and never asks a target that is not well.
    package mutating func hedge() async -> RouteAttempt? {
        let conditions = desk.health.conditions(of: candidates.map(\.target.deployment), now: .now)
        let well = zip(candidates, conditions).filter { $0.1.isWell }.map(\.0)
        // Nobody is overtaken by a second call of somebody else.
        guard !well.isEmpty, desk.room.count == 0, let hedging = route.hedging, hedging.spend() else { return nil }
        let others = candidates
        candidates = well
        let patience = waiting
        waiting = nil
        // What happens when nobody has room is what would have happened without it: the first one is waited for.
        let attempt = try? await next()
        waiting = patience
        let gone = attempt?.target.deployment
        candidates = others.filter { $0.target.deployment != gone }
        return attempt
    }
}

extension TargetCondition {
    /// Whether nothing speaks against calling it.
    fileprivate var isWell: Bool {
        switch standing {
        case .ready: true
        case .probation, .limited, .open, .disabled: false
        }
    }
}
