import GatewayCore

/// Chooses targets for the requests of one virtual model.
///
/// First every target is held against the hard filters; what is left is never widened. Then the stages are asked in
/// their order for a tier, and each abstains unless it is sure: rules, semantic routes, complexity, agent step,
/// session, default. Immutable; any thread; no lock but the estimator's.
package struct ModelSelector: Sendable {
    private let model: VirtualModel
    private let rules: RuleSet
    private let semantics: SemanticRouteSet
    private let estimator: TokenEstimator
    private let places: [String: Int]

    /// By how much the borders between tiers move for the objectives that prefer the weaker tier. With 0.15, and the
    /// cheapest first, spend on the mix of `CostSimulationTests` falls from 45 to 37 % of the strongest model's, and
    /// the medium requests that go to the weakest rise from 8 to 19 %.
    private static let shifts: [VirtualModel.Objective: Float] = [.balanced: 0, .cost: 0.15, .latency: 0.15]

    /// - Precondition: the model has a tier; the configuration's check guarantees it.
    package init(model: VirtualModel, estimator: TokenEstimator) {
        precondition(!model.tiers.isEmpty, "a virtual model has no tier")
        self.model = model
        self.estimator = estimator
        rules = RuleSet(model.rules)
        semantics = SemanticRouteSet(model.semanticRoutes, margin: model.semanticMargin)
        places = Dictionary(model.tiers.enumerated().map { ($1.name, $0) }) { first, _ in first }
    }

    /// Pure but for the estimator's memory.
    package func decide(_ input: SelectionInput) -> SelectionDecision {
        let tried = model.tiers.map { tier in tier.targets.map { attempt($0, input) } }
        let groups = excludingCatchAlls(tried, input.traits.metadata)
        let score = ComplexityScore.score(input.traits)
        let semantic = input.embedding.flatMap { semantics.nearest(to: $0) }
        let agent = StageScore(input.traits)
        let verdict = verdict(input, score: score, semantic: semantic, agent: agent)
        let open = groups.map { $0.filter { $0.rejection == nil }.map(\.choice) }
        let order = order(from: verdict.place).filter { !open[$0].isEmpty }
        let isRefused = order.isEmpty
        let explanation = Explanation(
            model: model.name, stage: isRefused ? .none : verdict.stage, wantedTier: model.tiers[verdict.place].name,
            tier: order.first.map { model.tiers[$0].name }, confidence: verdict.confidence, reason: verdict.reason,
            complexity: score, task: input.traits.task, semantic: semantic, agent: agent,
            candidates: zip(model.tiers, groups).flatMap { tier, group in
                group.map { $0.explained(tier: tier.name) }
            })
        return SelectionDecision(
            groups: arranged(order, open, verdict.place), held: isRefused ? nil : held(verdict, input, score),
            explanation: explanation)
    }

    // MARK: - Targets

    /// One target held against the filters.
    private struct Attempt {
        let choice: SelectionDecision.Choice
        var rejection: Rejection?

        func explained(tier: String) -> Explanation.Candidate {
            Explanation.Candidate(
                deployment: choice.target.deployment, tier: tier, rejection: rejection,
                inputTokens: choice.estimate.input, outputTokens: choice.estimate.output, cost: choice.cost)
        }
    }

    private func attempt(_ target: SelectionTarget, _ input: SelectionInput) -> Attempt {
        let estimate = estimator.estimate(
            input.traits, model: target.model, profile: target.profile, route: model.name)
        let cost = target.profile?.cost(of: estimate.usage)
        let filters = HardFilters(traits: input.traits, constraints: input.constraints)
        return Attempt(
            choice: SelectionDecision.Choice(target: target, estimate: estimate, cost: cost),
            rejection: filters.rejection(of: target, estimate: estimate))
    }

    /// Applies match rules over all tiers. Where any target's rule fits, catch-alls are out, even when that target
    /// broke another rule: a request labelled for one place must not end up elsewhere because that place is full.
    private func excludingCatchAlls(_ groups: [[Attempt]], _ labels: [String: String]) -> [[Attempt]] {
        let isClaimed = model.tiers.contains { tier in tier.targets.contains { $0.match?.matches(labels) ?? false } }
        return groups.map { group in
            group.map { attempt in
                let fits = attempt.choice.target.match.map { $0.matches(labels) } ?? !isClaimed
                var attempt = attempt
                if !fits, attempt.rejection == nil { attempt.rejection = .match }
                return attempt
            }
        }
    }

    /// The wanted tier, then the stronger ones, then the weaker ones from the nearest on.
    private func order(from place: Int) -> [Int] {
        Array(place..<model.tiers.count) + Array((0..<place).reversed())
    }

    private func arranged(
        _ order: [Int], _ open: [[SelectionDecision.Choice]], _ wanted: Int
    ) -> [[SelectionDecision.Choice]] {
        guard model.objective == .cost else { return order.map { open[$0] } }
        let strong = order.filter { $0 >= wanted }.flatMap { open[$0] }
        let weak = order.filter { $0 < wanted }.flatMap { open[$0] }
        return [strong, weak].filter { !$0.isEmpty }.map { group in
            // A cost that is not known is not assumed to be small.
            group.enumerated().sorted { one, other in
                (one.element.cost ?? .max, one.offset) < (other.element.cost ?? .max, other.offset)
            }.map(\.element)
        }
    }
}

// MARK: - Stages

extension ModelSelector {
    /// What the stages came to.
    private struct Verdict {
        let stage: Explanation.Stage
        let place: Int
        let confidence: Float
        var reason: String?
    }

    private func verdict(
        _ input: SelectionInput, score: Float, semantic: SemanticMatch?, agent: StageScore?
    ) -> Verdict {
        if let rule = rules.match(input.traits), let place = places[rule.tier] {
            return Verdict(stage: .rule, place: place, confidence: 1, reason: rule.name)
        }
        if let semantic, semantics.decides(semantic), let place = places[semantic.tier] {
            return Verdict(stage: .semantic, place: place, confidence: semantic.cosine, reason: semantic.route)
        }
        if let agent, agent.confidence >= StageScore.bar {
            let place = agent.wantsStrong ? model.tiers.count - 1 : 0
            return Verdict(stage: .agent, place: place, confidence: agent.confidence)
        }
        // The question of a loop was judged when it was asked; its steps repeat it without asking it again.
        let complexity = agent == nil ? complexity(score) : nil
        if let held = input.held, let place = places[held.tier] {
            if let complexity, complexity.place > place, score >= held.complexity + model.rise { return complexity }
            return Verdict(stage: .session, place: place, confidence: 1)
        }
        let place = places[model.defaultTier] ?? model.tiers.count - 1
        return complexity ?? Verdict(stage: .byDefault, place: place, confidence: 0)
    }

    /// The tier for a score, unless it lies too near to a border.
    private func complexity(_ score: Float) -> Verdict? {
        let shift = Self.shifts[model.objective] ?? 0
        let borders = model.thresholds.prefix(model.tiers.count - 1).map { $0 + shift }
        let place = borders.count { score >= $0 }
        let distance = borders.map { abs(score - $0) }.min() ?? 1
        let confidence = ComplexityScore.confidence(atDistance: distance)
        guard confidence >= model.confidence else { return nil }
        return Verdict(stage: .complexity, place: place, confidence: confidence)
    }

    /// Rules and semantic routes speak of one request, an agent's step of one step: none of them moves the session.
    private func held(_ verdict: Verdict, _ input: SelectionInput, _ score: Float) -> HeldTier? {
        switch verdict.stage {
        case .rule, .semantic, .agent, .none: return input.held
        case .complexity, .session, .byDefault:
            let highest = max(score, input.held?.complexity ?? 0)
            return HeldTier(tier: model.tiers[verdict.place].name, complexity: highest)
        }
    }
}
