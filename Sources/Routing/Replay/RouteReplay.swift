package import GatewayCore

/// Makes recorded choices again under another configuration, and compares what they would have come to.
///
/// Cost is what the recorded tokens cost at the target chosen; latency is the mean of what that target's calls took in
/// the record; quality is the registry's. Health, room, sessions and semantic routes are not replayed, and neither are
/// rules by keyword, as no words are recorded.
package struct RouteReplay: Sendable {
    /// As it was.
    package private(set) var recorded = ReplayFigures()
    /// As it would be.
    package private(set) var replayed = ReplayFigures()
    /// Requests that would go to another target.
    package private(set) var moved = 0
    /// Where they would go, by target.
    package private(set) var choices: [DeploymentID: Int] = [:]

    /// - Parameter router: of the other configuration, without health and limits of its own.
    package init(_ decisions: [RecordedDecision], router: Router) {
        let latencies = Self.latencies(of: decisions)
        for decision in decisions { replay(decision, router, latencies) }
    }

    private mutating func replay(
        _ decision: RecordedDecision, _ router: Router, _ latencies: [DeploymentID: Duration]
    ) {
        let request = RouteRequest(
            model: decision.model, tenant: decision.tenant, traits: decision.traits ?? RequestTraits())
        let explanation = try? router.explain(request, takesTurn: true)
        let all = explanation.map { $0.candidates + $0.excluded } ?? []
        let before = all.first { $0.deployment == decision.deployment }
        recorded.add(
            cost: decision.cost, latency: latencies[decision.deployment], quality: before?.quality)
        guard let choice = explanation?.candidates.first else { return replayed.refuse() }
        if choice.deployment != decision.deployment { moved += 1 }
        choices[choice.deployment, default: 0] += 1
        replayed.add(
            cost: router.cost(of: decision.usage, model: choice.model), latency: latencies[choice.deployment],
            quality: choice.quality)
    }

    /// By target: the mean of the calls that it answered at the first attempt or a later one.
    private static func latencies(of decisions: [RecordedDecision]) -> [DeploymentID: Duration] {
        var sums: [DeploymentID: (total: Duration, count: Int)] = [:]
        for decision in decisions where decision.isAnswered {
            guard let latency = decision.latency else { continue }
            let old = sums[decision.deployment] ?? (.zero, 0)
            sums[decision.deployment] = (old.total + latency, old.count + 1)
        }
        return sums.mapValues { $0.total / $0.count }
    }
}
