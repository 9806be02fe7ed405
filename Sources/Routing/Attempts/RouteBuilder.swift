package import GatewayCore

/// Makes routes from the configuration.
struct RouteBuilder {
    private let providers: [String: ProviderConfiguration]
    private let configuration: RoutingConfiguration
    private let estimator: TokenEstimator
    private let examples: [String: EmbeddingVector]
    private let learning: LearningPlace
    private let clock: WaitingClock

    init(
        _ configuration: RoutingConfiguration, estimator: TokenEstimator, examples: [String: EmbeddingVector],
        learning: LearningPlace, clock: WaitingClock
    ) {
        self.clock = clock
        self.learning = learning
        self.configuration = configuration
        self.estimator = estimator
        self.examples = examples
        providers = Dictionary(configuration.providers.map { ($0.name, $0) }) { first, _ in first }
    }

    func route(_ route: RouteConfiguration) -> ConfiguredRoute {
        let places = route.targets.compactMap { place($0, of: route) }
        precondition(places.count == route.targets.count, "a target names a provider that is not configured")
        let selector = route.selection.map { makeSelector($0, of: route) }
        return ConfiguredRoute(
            route, places: places, registry: configuration.models, estimator: estimator, selector: selector,
            learner: route.learning.map { makeLearner($0, of: route) },
            needsTraits: selector != nil || looksInside(route), now: clock.now())
    }

    private func makeLearner(_ rule: LearningRule, of route: RouteConfiguration) -> RouteLearner {
        RouteLearner(
            route: route.model, rule: rule, deployments: route.targets.map(\.deployment), space: learning.space,
            replica: learning.replica, tenants: configuration.tenantCount)
    }

    private func place(_ target: TargetConfiguration, of route: RouteConfiguration) -> ConfiguredRoute.Place? {
        guard let provider = providers[target.provider] else { return nil }
        var target = target
        target.limits = target.limits.keepingFree(configuration.tokenMargin)
        var place = Target(target, at: provider)
        place.know(configuration.models.profile(of: place.model))
        let fallback = FallbackRule(
            statuses: target.fallback.statuses ?? route.fallbackStatuses, isCandidate: target.fallback.isCandidate)
        let rules = TargetRules(
            weight: target.weight, limits: target.limits, retry: target.retry ?? route.retry, fallback: fallback)
        let isNamed = target.model != nil
        return ConfiguredRoute.Place(
            target: place, passesModelName: !isNamed, configuration: target, rules: rules,
            plain: isNamed
                ? RouteCandidate(
                    target: place, tier: target.priority, rules: rules,
                    profile: configuration.models.profile(of: place.model), estimate: .none, cost: nil)
                : nil)
    }

    /// Whether the choice among plain targets needs more than their health.
    private func looksInside(_ route: RouteConfiguration) -> Bool {
        let rules = [route.rule.usual] + route.rule.tiers.values
        let isPriced = rules.contains { tier in
            switch tier.strategy {
            case .latency, .cheapest: true
            case .priority, .weighted, .leastBusy, .usageHeadroom, .split: false
            }
        }
        return isPriced || route.learning != nil || route.targets.contains { $0.match != nil || $0.limits.countUse }
    }

    private func makeSelector(_ selection: SelectionConfiguration, of route: RouteConfiguration) -> ModelSelector {
        let tiers = selection.tiers.map { name in
            SelectionTier(
                name: name, targets: route.targets.filter { ($0.tier ?? selection.defaultTier) == name }.map(described))
        }
        var model = VirtualModel(
            name: route.model, objective: selection.objective, tiers: tiers, defaultTier: selection.defaultTier,
            thresholds: selection.thresholds)
        model.rules = selection.rules
        model.confidence = selection.confidence
        model.semanticRoutes = selection.examples.map { route in
            SemanticRoute(
                name: route.name, tier: route.tier, examples: route.phrases.compactMap { examples[$0] },
                threshold: route.threshold)
        }
        return ModelSelector(model: model, estimator: estimator)
    }

    private func described(_ target: TargetConfiguration) -> SelectionTarget {
        SelectionTarget(
            deployment: target.deployment, provider: target.provider, model: target.model ?? "",
            profile: target.model.flatMap { configuration.models.profile(of: $0) }, match: target.match)
    }
}

extension Target {
    /// With all that the provider's API must be told, but for what is known of the model.
    init(_ target: TargetConfiguration, at provider: ProviderConfiguration) {
        self.init(
            deployment: target.deployment, baseURL: provider.baseURL, keys: provider.keys, model: target.model ?? "",
            deadlines: provider.deadlines, allowsPrivateAddresses: provider.allowsPrivateAddresses)
        api = provider.api
        place = provider.place
        dropsParameters = provider.dropsParameters
        references = provider.references
    }

    /// Takes over what is known of its model.
    mutating func know(_ profile: ModelProfile?) {
        capabilities = profile?.capabilities
        maxOutputTokens = profile?.maxOutputTokens
    }
}

extension TargetConfiguration {
    /// Names the deployment for counters, health and records.
    package var deployment: DeploymentID { DeploymentID(model.map { "\(provider)/\($0)" } ?? provider) }
}
