import GatewayCore

/// A route as it was configured, ready to choose.
struct ConfiguredRoute: Sendable {
    /// One of its targets.
    struct Place: Sendable {
        let target: Target
        /// Whether it is asked for the model the client named.
        let passesModelName: Bool
        let configuration: TargetConfiguration
    }

    /// What became of its targets for one request.
    struct Choice {
        var candidates: [RouteCandidate]
        var explanation: Explanation?
        /// What to keep for the session.
        var held: HeldTier?
    }

    let name: String
    let threshold: Float?
    let rule: RouteRule
    let places: [Place]
    let registry: ModelRegistry
    let estimator: TokenEstimator
    /// Of a virtual model; nil for a route whose targets are all alike.
    let selector: ModelSelector?
    let balancer: RouteBalancer
    let needsTraits: Bool
    let needsEmbedding: Bool

    /// The targets that the rules leave, each with its estimate.
    /// - Throws: `noCompliantTarget` when there are none.
    func choose(
        for request: RouteRequest, constraints: RoutingConstraints, held: HeldTier?
    ) throws(GatewayError) -> Choice {
        guard let traits = request.traits else { return Choice(candidates: places.map { plain($0, request.model) }) }
        if let selector {
            let input = SelectionInput(
                traits: traits, embedding: request.embedding, constraints: constraints, held: held)
            return try choose(with: selector, input)
        }
        return try filter(traits, constraints, model: request.model)
    }

    private func choose(with selector: ModelSelector, _ input: SelectionInput) throws(GatewayError) -> Choice {
        let decision = selector.decide(input)
        var candidates: [RouteCandidate] = []
        for (tier, group) in try decision.compliantGroups().enumerated() {
            for choice in group {
                guard let place = places.first(where: { $0.target.deployment == choice.target.deployment }) else {
                    continue
                }
                candidates.append(
                    RouteCandidate(
                        target: place.target, tier: tier, weight: place.configuration.weight,
                        limits: place.configuration.limits, profile: choice.target.profile,
                        estimate: choice.estimate, cost: choice.cost))
            }
        }
        return Choice(candidates: candidates, explanation: decision.explanation, held: decision.held)
    }

    /// A route without a choice of models: the hard rules and the match rules alone.
    private func filter(
        _ traits: RequestTraits, _ constraints: RoutingConstraints, model: String
    ) throws(GatewayError) -> Choice {
        let filters = HardFilters(traits: traits, constraints: constraints)
        let isClaimed = places.contains { $0.configuration.match?.matches(traits.metadata) ?? false }
        var candidates: [RouteCandidate] = []
        var codes: [String] = []
        for place in places {
            let candidate = candidate(place, model, traits)
            let fits = place.configuration.match.map { $0.matches(traits.metadata) } ?? !isClaimed
            let described = SelectionTarget(
                deployment: candidate.target.deployment, provider: place.configuration.provider,
                model: candidate.target.model, profile: candidate.profile)
            let rejection = fits
                ? filters.rejection(of: described, estimate: candidate.estimate, cost: candidate.cost) : .match
            guard let rejection else {
                candidates.append(candidate)
                continue
            }
            if !codes.contains(rejection.code) { codes.append(rejection.code) }
        }
        guard !candidates.isEmpty else {
            throw GatewayError(
                .noCompliantTarget,
                "none of the \(places.count) targets of '\(model)' may take this request "
                    + "(\(codes.joined(separator: ", ")))",
                parameter: "model")
        }
        return Choice(candidates: candidates)
    }

    private func candidate(_ place: Place, _ model: String, _ traits: RequestTraits) -> RouteCandidate {
        let target = target(place, model)
        let profile = registry.profile(of: target.model)
        let estimate = estimator.estimate(traits, model: target.model, profile: profile, route: name)
        return RouteCandidate(
            target: target, tier: place.configuration.priority, weight: place.configuration.weight,
            limits: place.configuration.limits, profile: profile, estimate: estimate,
            cost: profile?.cost(of: TokenParts(input: estimate.input, output: estimate.output)))
    }

    /// A candidate of which nothing is estimated, as nothing asks for it.
    private func plain(_ place: Place, _ model: String) -> RouteCandidate {
        let target = target(place, model)
        return RouteCandidate(
            target: target, tier: place.configuration.priority, weight: place.configuration.weight,
            limits: place.configuration.limits, profile: registry.profile(of: target.model), estimate: .none,
            cost: nil)
    }

    private func target(_ place: Place, _ model: String) -> Target {
        guard place.passesModelName else { return place.target }
        return Target(
            deployment: place.target.deployment, baseURL: place.target.baseURL, key: place.target.key, model: model,
            deadlines: place.target.deadlines)
    }
}
