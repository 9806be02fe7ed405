package import GatewayCore

/// Which models clients may ask for, and where each goes.
package struct RoutingConfiguration: Sendable {
    package var providers: [ProviderConfiguration] = []
    package var routes: [RouteConfiguration] = []
    /// What is known of models: prices, windows, capabilities.
    package var models = ModelRegistry()
    /// What each tenant may use, for those that have any rule.
    package var tenants: [TenantID: TenantRules] = [:]
    /// What the keys with limits, and with teams that have some, may use beside what their tenants may.
    package var keys: [APIKeyID: KeyRules] = [:]
    /// How many tenants there are, with rules or without.
    package var tenantCount = 0
    package var health = HealthRules()
    package var waiting = WaitingRules()
    package var affinity = AffinityRules()
    /// How long an attempt whose process died holds its place and its money. Those under way are renewed in time,
    /// however long they take.
    package var leaseLife: Duration = .seconds(5)
    /// What becomes of tenants' money while Redis is out of reach.
    package var budgetOutage = BudgetOutagePolicy.localShare
    /// Whether choices are recorded in Redis, for replays.
    package var recordsDecisions = false

    package var feedback = FeedbackRules()

    /// The part of a provider's token limits that is kept free, because tokens are estimated.
    package var tokenMargin = Self.usualTokenMargin
    package static let usualTokenMargin = 0.01

    package init() {}

    /// Whether anything is to be counted at all.
    package var countsUse: Bool {
        tenants.values.contains { $0.scope.isLimiting }
            || keys.values.contains { $0.scopes.contains(where: \.isLimiting) }
            || routes.contains { $0.targets.contains { $0.limits.isLimiting } }
    }
}

extension Limits {
    /// Whether there is any limit.
    package var isLimiting: Bool { countUse || concurrency != nil }
}

extension ScopeLimits {
    /// Whether there is any limit or budget.
    package var isLimiting: Bool { limits.isLimiting || !budgets.isEmpty }
}
