package import GatewayCore
import NIOCore

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

    /// The seal that an envelope names; nil for one that is not sealed.
    /// - Throws: `seal` for a name that is not known here.
    func seal(closing envelope: ByteBuffer) throws(EntryFault) -> EntrySeal? {
        guard let name = try EntryEnvelope.name(of: envelope) else { return nil }
        guard let seal = byID[name] else { throw .seal }
        return seal
    }
}
