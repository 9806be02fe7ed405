import GatewayCore

/// Whose limits count for one caller: its tenant's, its team's and its key's. Made once for each caller there may be,
/// so that a request pays for those limits alone that there are.
struct CallerScopes: Sendable {
    /// What a call of a provider counts.
    let ofCalls: [ScopeLimits]
    /// What every request counts, also one that the cache answers; nil where that is nothing.
    let admission: CallerAdmission?

    /// The scopes of a caller without limits.
    static let unlimited = CallerScopes([], limits: nil)

    init(_ scopes: [ScopeLimits], limits: (any LimitStore)?) {
        ofCalls = scopes.map(\.withoutRequests).filter(\.isLimiting)
        admission = limits.flatMap { CallerAdmission(scopes, limits: $0) }
    }

    /// Whether money is counted, which takes targets whose prices are known.
    var haveBudgets: Bool { ofCalls.contains { !$0.budgets.isEmpty } }
}

/// The scopes of all callers that have limits.
struct CallerDirectory: Sendable {
    private let tenants: [TenantID: CallerScopes]
    private let keys: [APIKeyID: CallerScopes]

    init(_ configuration: RoutingConfiguration, limits: (any LimitStore)?) {
        tenants = configuration.tenants.mapValues { CallerScopes([$0.scope], limits: limits) }
        keys = configuration.keys.mapValues { rules in
            let tenant = configuration.tenants[rules.tenant].map { [$0.scope] } ?? []
            return CallerScopes(tenant + rules.scopes, limits: limits)
        }
    }

    /// - Parameter key: nil, or one of the tenant's.
    func scopes(of tenant: TenantID, key: APIKeyID?) -> CallerScopes {
        key.flatMap { keys[$0] } ?? tenants[tenant] ?? .unlimited
    }
}
