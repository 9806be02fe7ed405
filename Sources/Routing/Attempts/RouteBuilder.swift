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
            name: route.model, threshold: route.threshold, rule: route.rule, places: places,
            registry: configuration.models, estimator: estimator, selector: selector,
            balancer: RouteBalancer(route.rule), needsTraits: selector != nil || looksInside(route),
            needsEmbedding: route.learning != nil || route.selection.map { !$0.examples.isEmpty } ?? false,
            // Where there is one target there is nothing to choose.
            sessions: places.count > 1 ? route.sessions : .off,
            hedging: places.count > 1 ? route.hedge.map(RouteHedging.init) : nil,
            templates: route.templates, cacheTags: route.cacheTags,
            recovery: RouteRecovery(route.retryBudget, lists: route.fallbacks, now: clock.now()),
            tiers: route.selection?.tiers ?? [], learner: route.learning.map { makeLearner($0, of: route) })
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
        let place = Target(
            deployment: target.deployment, baseURL: provider.baseURL, keys: provider.keys, model: target.model ?? "",
            deadlines: provider.deadlines, allowsPrivateAddresses: provider.allowsPrivateAddresses)
        let fallback = FallbackRule(
            statuses: target.fallback.statuses ?? route.fallbackStatuses, isCandidate: target.fallback.isCandidate)
        return ConfiguredRoute.Place(
            target: described(place, at: provider, by: configuration.models), passesModelName: target.model == nil,
            configuration: target, retry: target.retry ?? route.retry, fallback: fallback)
    }

    /// Adds what the provider's API must be told.
    private func described(_ target: Target, at provider: ProviderConfiguration, by models: ModelRegistry) -> Target {
        var target = target
        target.api = provider.api
        target.place = provider.place
        target.dropsParameters = provider.dropsParameters
        let profile = models.profile(of: target.model)
        target.capabilities = profile?.capabilities
        target.maxOutputTokens = profile?.maxOutputTokens
        return target
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

extension TargetConfiguration {
    /// Names the deployment for counters, health and records.
    package var deployment: DeploymentID { DeploymentID(model.map { "\(provider)/\($0)" } ?? provider) }
}
