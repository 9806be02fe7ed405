import GatewayCore

/// A route as it was configured, ready to choose. A class: every request that takes it holds it.
final class ConfiguredRoute: Sendable {
    /// One of its targets.
    struct Place: Sendable {
        let target: Target
        /// Whether it is asked for the model the client named.
        let passesModelName: Bool
        let configuration: TargetConfiguration
        let rules: TargetRules
        /// What it is for a request of which nothing is estimated; nil where each is asked for its own model.
        let plain: RouteCandidate?
    }

    /// What became of its targets for one request.
    struct Choice {
        var candidates: [RouteCandidate]
        /// Those that may not take it, of a route whose targets are all alike.
        var rejected: [(candidate: RouteCandidate, rejection: Rejection)] = []
        var explanation: Explanation?
        /// What to keep for the session.
        var held: HeldTier?

        /// A budget cannot be held where nobody knows what a call costs.
        /// - Throws: `noCompliantTarget` when no target is left.
        mutating func leaveOutUnpriced(of model: String) throws(GatewayError) {
            let count = candidates.count
            candidates.removeAll { $0.cost == nil }
            if candidates.isEmpty {
                throw GatewayError(
                    .noCompliantTarget,
                    "none of the \(count) targets of '\(model)' has a known price, and the tenant has a budget",
                    parameter: "model")
            }
        }
    }

    let name: String
    let threshold: Float?
    let maxWrongHits: Double?
    let rule: RouteRule
    let places: [Place]
    let registry: ModelRegistry
    let estimator: TokenEstimator
    /// Of a virtual model; nil for a route whose targets are all alike.
    let selector: ModelSelector?
    let balancer: RouteBalancer
    let needsTraits: Bool
    let needsEmbedding: Bool
    let sessions: SessionSource
    /// Nil where no second target is asked.
    let hedging: RouteHedging?
    let templates: RouteTemplates
    let cacheTags: [String]
    /// How long its answers live.
    let cacheLives: CacheLives?
    let cache: CachePolicy
    let recovery: RouteRecovery
    /// The names of its tiers, from the weakest to the strongest; none where its targets are all alike.
    let tiers: [String]
    /// Nil where nothing is learned.
    let learner: RouteLearner?

    /// - Parameters:
    ///   - places: of `route`'s targets, in their order.
    ///   - needsTraits: whether the choice looks at what a request needs.
    ///   - now: by the clock that waits in front of calls again.
    init(
        _ route: RouteConfiguration, places: [Place], registry: ModelRegistry, estimator: TokenEstimator,
        selector: ModelSelector?, learner: RouteLearner?, needsTraits: Bool, now: ContinuousClock.Instant
    ) {
        name = route.model
        threshold = route.threshold
        maxWrongHits = route.maxWrongHits
        rule = route.rule
        self.places = places
        self.registry = registry
        self.estimator = estimator
        self.selector = selector
        self.learner = learner
        self.needsTraits = needsTraits
        balancer = RouteBalancer(route.rule)
        needsEmbedding = route.learning != nil || route.selection.map { !$0.examples.isEmpty } ?? false
        // Where there is one target there is nothing to choose.
        sessions = places.count > 1 ? route.sessions : .off
        hedging = places.count > 1 ? route.hedge.map(RouteHedging.init) : nil
        templates = route.templates
        cacheTags = route.cacheTags
        cacheLives = route.cacheLives
        cache = route.cache
        recovery = RouteRecovery(route.retryBudget, lists: route.fallbacks, now: now)
        tiers = route.selection?.tiers ?? []
    }

    /// The targets that the rules leave, each with its estimate.
    /// - Throws: `noCompliantTarget` when there are none.
    func choose(
        for request: RouteRequest, constraints: RoutingConstraints, held: HeldTier?
    ) throws(GatewayError) -> Choice {
        guard request.traits != nil else { return Choice(candidates: places.map { plain($0, request.model) }) }
        let choice = weigh(request, constraints: constraints, held: held)
        if choice.candidates.isEmpty { throw choice.refusal(model: request.model) }
        return choice
    }

    /// What becomes of every target, also where none is left. A request without traits is taken as it comes.
    func weigh(_ request: RouteRequest, constraints: RoutingConstraints, held: HeldTier?) -> Choice {
        guard let traits = request.traits else { return Choice(candidates: places.map { plain($0, request.model) }) }
        guard let selector else { return filter(traits, constraints, model: request.model) }
        let input = SelectionInput(traits: traits, embedding: request.embedding, constraints: constraints, held: held)
        return choose(with: selector, input)
    }

    /// Every target with its estimate, for a request whose route does not look at it.
    func all(_ traits: RequestTraits, model: String) -> Choice {
        Choice(candidates: places.map { candidate($0, model, traits) })
    }

    private func choose(with selector: ModelSelector, _ input: SelectionInput) -> Choice {
        let decision = selector.decide(input)
        var candidates: [RouteCandidate] = []
        for (tier, group) in decision.groups.enumerated() {
            for choice in group {
                guard let place = places.first(where: { $0.target.deployment == choice.target.deployment }) else {
                    continue
                }
                candidates.append(
                    RouteCandidate(
                        target: place.target, tier: tier, rules: place.rules, profile: choice.target.profile,
                        estimate: choice.estimate, cost: choice.cost))
            }
        }
        return Choice(candidates: candidates, explanation: decision.explanation, held: decision.held)
    }

    /// A route without a choice of models: the hard rules and the match rules alone.
    private func filter(_ traits: RequestTraits, _ constraints: RoutingConstraints, model: String) -> Choice {
        let filters = HardFilters(traits: traits, constraints: constraints)
        let isClaimed = places.contains { $0.configuration.match?.matches(traits.metadata) ?? false }
        var choice = Choice(candidates: [])
        for place in places {
            let candidate = candidate(place, model, traits)
            let fits = place.configuration.match.map { $0.matches(traits.metadata) } ?? !isClaimed
            let described = SelectionTarget(
                deployment: candidate.target.deployment, provider: place.configuration.provider,
                model: candidate.target.model, profile: candidate.profile)
            let rejection = fits
                ? filters.rejection(of: described, estimate: candidate.estimate) : .match
            if let rejection {
                choice.rejected.append((candidate, rejection))
            } else {
                choice.candidates.append(candidate)
            }
        }
        return choice
    }

    private func candidate(_ place: Place, _ model: String, _ traits: RequestTraits) -> RouteCandidate {
        let target = target(place, model)
        let profile = registry.profile(of: target.model)
        let estimate = estimator.estimate(traits, model: target.model, profile: profile, route: name)
        return RouteCandidate(
            target: target, tier: place.configuration.priority, rules: place.rules, profile: profile,
            estimate: estimate, cost: profile?.cost(of: estimate.usage))
    }

    /// A candidate of which nothing is estimated, as nothing asks for it.
    private func plain(_ place: Place, _ model: String) -> RouteCandidate {
        if let plain = place.plain { return plain }
        let target = target(place, model)
        return RouteCandidate(
            target: target, tier: place.configuration.priority, rules: place.rules,
            profile: registry.profile(of: target.model), estimate: .none, cost: nil)
    }

    private func target(_ place: Place, _ model: String) -> Target {
        guard place.passesModelName else { return place.target }
        var target = place.target
        target.model = model
        target.takesClientsModel = true
        target.know(registry.profile(of: model))
        return target
    }
}

extension ConfiguredRoute.Choice {
    /// What a client is told when no target is left.
    func refusal(model: String) -> GatewayError {
        .noCompliantTarget(
            explanation?.candidates.compactMap(\.rejection) ?? rejected.map(\.rejection), model: model)
    }
}
