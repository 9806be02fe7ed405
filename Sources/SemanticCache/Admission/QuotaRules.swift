package import GatewayCore

/// How many bytes of the store each tenant may take.
package struct QuotaRules: Sendable, Equatable {
    /// For tenants of which nothing else is said; nil for no limit.
    package var usual: Int?
    package var own: [TenantID: Int] = [:]
    /// All tenants there are: the one of those without a name where none is configured.
    package var tenants: [TenantID] = [.open]

    package init() {}

    package func bytes(of tenant: TenantID) -> Int? { own[tenant] ?? usual }

    /// Those that have a limit.
    package var limited: [TenantID] { tenants.filter { bytes(of: $0) != nil } }
}
