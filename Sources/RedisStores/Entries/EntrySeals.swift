package import GatewayCore

/// Whose entries are encrypted, and with what.
package struct EntrySeals: Sendable {
    private let byTenant: [TenantID: EntrySeal]
    private let byID: [UInt64: EntrySeal]

    /// No entry is encrypted.
    package static let none = EntrySeals(common: nil, tenants: [])

    /// - Parameters:
    ///   - common: for tenants that have no secret of their own; nil: theirs are not encrypted.
    ///   - tenants: all there are, each with its own secret if it has one.
    package init(common: Secret?, tenants: [(tenant: TenantID, secret: Secret?)]) {
        var byTenant: [TenantID: EntrySeal] = [:]
        for (tenant, secret) in tenants {
            if let secret = secret ?? common { byTenant[tenant] = EntrySeal(secret: secret, tenant: tenant) }
        }
        self.byTenant = byTenant
        byID = Dictionary(byTenant.values.map { ($0.id, $0) }) { first, _ in first }
    }

    /// Nil for a tenant whose entries are not encrypted.
    func seal(of tenant: TenantID) -> EntrySeal? { byTenant.isEmpty ? nil : byTenant[tenant] }

    func seal(named id: UInt64) -> EntrySeal? { byID[id] }
}
