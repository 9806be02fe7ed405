import GatewayCore

/// Which target of a tier a session goes to first.
struct SessionChoice {
    let key: UInt64
    /// Where it was answered last; nil for a new one.
    let last: DeploymentID?

    /// Puts the session's target first: its last one wherever it stands, for a new session one of those that the
    /// strategy has nothing against, by hash. Where price decides, the last one stays first only if it is the cheapest
    /// with what its provider has kept of the prompt.
    /// - Parameter order: of the healthy targets of one tier.
    func apply(_ order: [RankedTarget], _ candidates: [StrategyCandidate]) -> [RankedTarget] {
        guard let place = place(in: order, candidates), ![.spilled, .dearer].contains(order[place].reason) else {
            return order
        }
        var order = order
        var chosen = order.remove(at: place)
        chosen.reason = .session
        order.insert(chosen, at: 0)
        return order
    }

    private func place(in order: [RankedTarget], _ candidates: [StrategyCandidate]) -> Int? {
        if let last, let place = order.firstIndex(where: { candidates[$0.index].deployment == last }) { return place }
        guard last == nil, let first = order.first else { return nil }
        let band = order.prefix { Self.areEqual($0.reason, first.reason) }
        guard band.count > 1 else { return nil }
        let preferred = SessionSplit(experiment: "").order(band.map { candidates[$0.index] }, session: key)
        return preferred.first
    }

    /// Whether the strategy could as well have taken the one as the other.
    private static func areEqual(_ reason: RankReason, _ first: RankReason) -> Bool {
        switch first {
        case .fast: reason == .fast || reason == .busier
        case .weight, .leastBusy, .headroom, .cheapest, .unmeasured: reason == first
        default: false
        }
    }
}
