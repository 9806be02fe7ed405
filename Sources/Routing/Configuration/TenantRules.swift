package import GatewayCore

/// What one tenant may use, and where its requests may go.
package struct TenantRules: Sendable {
    package var scope: ScopeLimits
    package var constraints = RoutingConstraints()

    package init(_ tenant: TenantID) {
        scope = ScopeLimits(LimitScope(.tenant, tenant.description))
    }
}
