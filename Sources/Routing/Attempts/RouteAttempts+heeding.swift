import GatewayCore

extension RouteAttempts {
    /// What becomes of a request whose use nobody counts.
    enum Heeding {
        case call(RankedTarget)
        /// All providers asked to be left alone.
        case leave(Denial)
    }

    /// The first target whose provider did not name a time for which it wants to be left alone. Where use is counted
    /// the limiter knows that time.
    /// - Parameter ranked: not empty.
    func heed(_ ranked: [RankedTarget], now: ContinuousClock.Instant) -> Heeding {
        // Limited ones come behind all that are well. What is repeated has waited as long as it was asked to.
        guard ranked[0].reason == .limited, !isRepeating else { return .call(ranked[0]) }
        let conditions = desk.health.conditions(
            of: ranked.map { candidates[$0.index].target.deployment }, now: now)
        var soonest: ContinuousClock.Instant?
        for (target, condition) in zip(ranked, conditions) {
            guard let until = condition.askedUntil else { return .call(target) }
            soonest = min(soonest ?? until, until)
        }
        let wait = soonest.map { now.duration(to: $0) } ?? .zero
        return .leave(Denial(cause: .upstream, dimension: .requests, limit: nil, used: 0, retryAfter: wait))
    }
}
