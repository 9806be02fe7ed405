package import GatewayCore

/// What one tenant may use, and where its requests may go.
package struct TenantRules: Sendable {
    package var scope: ScopeLimits
    package var constraints = RoutingConstraints()
    /// Its share of the room there is, beside other tenants that wait.
    package var weight = 1.0
    /// The most urgent its requests may be.
    package var priority = WaitingClass.usual

    package init(_ tenant: TenantID) {
        scope = ScopeLimits(LimitScope(.tenant, tenant.description))
    }
}
