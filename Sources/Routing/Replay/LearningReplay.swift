import GatewayCore

/// What recorded judgments say of another configuration: how good its choices would have been.
///
/// Only the answer of the target that was drawn is known of a request. Its chance p was recorded, so that what another
/// policy π would have come to can be estimated without having tried it:
/// - by weighting (Horvitz and Thompson 1952): the mean of π(a)/p · r;
/// - doubly robust (Dudík, Langford and Li 2011): the mean of Σ π(b)·q(b) + π(a)/p · (r − q(a)), with a model q of the
///   scores. It is right if either the chances or the model is, and varies less.
///
/// The model, and a policy that learns, have seen only the judgments before the one they are asked about, so that no
/// answer judges itself. π never leaves the targets from which was drawn, and those the configuration's rules allow.
/// All is about requests whose answers were judged; others may be others.
package struct LearningReplay: Sendable {
    /// The scores as they were.
    package private(set) var recorded = Estimate()
    /// What the configuration's would have been, doubly robust.
    package private(set) var replayed = Estimate()
    /// The same by weighting alone.
    package private(set) var weighted = Estimate()
    /// Nano-dollars of an answer as it was, and as it would have been, where prices are known.
    package private(set) var recordedCost = Estimate()
    package private(set) var replayedCost = Estimate()
    /// Judgments of answers whose target was not drawn: they teach, and estimate nothing.
    package private(set) var undrawn = 0

    private let router: Router
    /// By route: those of the configuration that learn, and one for each other route, to have a model of it.
    private var learners: [String: RouteLearner] = [:]
    /// Time goes on as it did between the judgments, so that what was learned fades as it would have.
    private var now = ContinuousClock.now

    /// - Parameters:
    ///   - decisions: in any order.
    ///   - judgments: in their order.
    ///   - router: of the other configuration, without health and limits of its own.
    package init(_ decisions: [RecordedDecision], _ judgments: [RecordedJudgment], router: Router) {
        self.router = router
        let known = Dictionary(
            decisions.compactMap { decision in decision.request.map { ($0, decision) } },
            uniquingKeysWith: { first, _ in first })
        let (start, first) = (now, judgments.first?.time)
        let space = Self.commonest(decisions.compactMap(\.lesson?.space))
        for (index, judgment) in judgments.enumerated() {
            guard let decision = known[judgment.request], let lesson = decision.lesson, lesson.space == space,
                decision.isAnswered
            else { continue }
            if let first { now = max(now, start + max(.zero, judgment.time - first)) }
            let request = RouteRequest(
                model: decision.model, tenant: decision.tenant, traits: decision.traits ?? RequestTraits())
            guard let explanation = try? router.explain(request, takesTurn: true) else { continue }
            replay(decision, lesson, score: judgment.score, explanation, isRefresh: index % Self.stride == 0)
        }
    }

    /// Models are solved anew after so many judgments.
    private static let stride = 20

    private static func commonest(_ names: [String]) -> String? {
        Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +).max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
    }

    private mutating func replay(
        _ decision: RecordedDecision, _ lesson: LearnedChoice, score: Double, _ explanation: RouteExplanation,
        isRefresh: Bool
    ) {
        let learner = learner(of: explanation.route)
        if isRefresh { learner.refresh(now: now) }
        if let chance = lesson.chance, lesson.among.contains(decision.deployment) {
            let policy = policy(explanation, lesson, learner)
            if !policy.isEmpty { estimate(decision, lesson, score: score, chance: chance, policy, learner) }
        } else {
            undrawn += 1
        }
        learner.learn(lesson.features, of: decision.deployment, score: score, from: decision.tenant, now: now)
    }

    /// One target the configuration could have chosen.
    private struct Option {
        let candidate: RouteExplanation.Candidate
        let chance: Double
    }

    private func policy(
        _ explanation: RouteExplanation, _ lesson: LearnedChoice, _ learner: RouteLearner
    ) -> [Option] {
        let left = explanation.candidates.filter { lesson.among.contains($0.deployment) }
        guard let first = left.first else { return [] }
        guard let rule = router.learner(of: explanation.route)?.rule else {
            return [Option(candidate: first, chance: 1)]
        }
        let isOpen = explanation.selection?.leavesTier ?? false
        let members = left.filter { isOpen || $0.tier == first.tier }
        let scores = scores(members, lesson, learner)
        let candidates = members.map { member in
            var candidate = StrategyCandidate(member.deployment)
            candidate.weight = router.weight(of: member.deployment, on: explanation.route)
            candidate.learned = scores[member.deployment]
            candidate.price = member.cost.map(Int64.init)
            return candidate
        }
        return zip(members, LearnedOrder(rule: rule).figures(candidates)).map {
            Option(candidate: $0, chance: $1.chance)
        }
    }

    private func scores(
        _ members: [RouteExplanation.Candidate], _ lesson: LearnedChoice, _ learner: RouteLearner
    ) -> [DeploymentID: LearnedScore] {
        learner.scores(of: lesson.features, for: members.map { ($0.deployment, $0.quality.map(Double.init)) })
    }

    private mutating func estimate(
        _ decision: RecordedDecision, _ lesson: LearnedChoice, score: Double, chance: Double, _ policy: [Option],
        _ learner: RouteLearner
    ) {
        let expected = scores(policy.map(\.candidate), lesson, learner)
        // A model may go beyond the scores there are.
        func quality(_ deployment: DeploymentID) -> Double { min(max(expected[deployment]?.quality ?? 0, 0), 1) }
        let own = policy.first { $0.candidate.deployment == decision.deployment }?.chance ?? 0
        let weight = own / chance
        let modelled = policy.reduce(0) { $0 + $1.chance * quality($1.candidate.deployment) }
        recorded.add(score)
        weighted.add(weight * score)
        replayed.add(modelled + (own > 0 ? weight * (score - quality(decision.deployment)) : 0))
        let costs = policy.map { option in
            router.cost(of: decision.usage, model: option.candidate.model).map { option.chance * Double($0) }
        }
        if let cost = decision.cost, costs.allSatisfy({ $0 != nil }) {
            recordedCost.add(Double(cost))
            replayedCost.add(costs.reduce(0) { $0 + ($1 ?? 0) })
        }
    }

    private mutating func learner(of route: String) -> RouteLearner {
        if let learner = learners[route] { return learner }
        let learner = RouteLearner(
            route: route, rule: router.learner(of: route)?.rule ?? LearningRule(),
            deployments: router.deployments, space: nil, replica: "replay", now: now)
        learners[route] = learner
        return learner
    }
}

extension Router {
    /// The weight a target was given on a route.
    fileprivate func weight(of deployment: DeploymentID, on route: String) -> Double {
        routes[route]?.places.first { $0.target.deployment == deployment }?.configuration.weight ?? 1
    }
}
