package import GatewayCore
import NIOConcurrencyHelpers
import NIOCore

/// Whose entries are encrypted, and with what.
package struct EntrySeals: Sendable {
    private let byTenant: [TenantID: EntrySeal]
    private let byID: [UInt64: EntrySeal]
    private let others: OtherSeals?

    /// No entry is encrypted.
    package static let none = EntrySeals(common: nil, tenants: [])

    /// - Parameters:
    ///   - common: for tenants that have no secret of their own, also for those that are not listed; nil: theirs are
    ///     not encrypted.
    ///   - tenants: those that are known, each with its own secret if it has one.
    package init(common: Secret?, tenants: [(tenant: TenantID, secret: Secret?)]) {
        var byTenant: [TenantID: EntrySeal] = [:]
        for (tenant, secret) in tenants {
            if let secret = secret ?? common { byTenant[tenant] = EntrySeal(secret: secret, tenant: tenant) }
        }
        self.byTenant = byTenant
        byID = Dictionary(byTenant.values.map { ($0.id, $0) }) { first, _ in first }
        others = common.map(OtherSeals.init)
    }

    /// Nil for a tenant whose entries are not encrypted.
    func seal(of tenant: TenantID) -> EntrySeal? {
        if !byTenant.isEmpty, let known = byTenant[tenant] { return known }
        return others?.seal(of: tenant)
    }

    /// The seal that an envelope names; nil for one that is not sealed.
    /// - Throws: `seal` for a name that is not known here.
    func seal(closing envelope: ByteBuffer) throws(EntryFault) -> EntrySeal? {
        guard let name = try EntryEnvelope.name(of: envelope) else { return nil }
        guard let seal = byID[name] else { throw .seal }
        return seal
    }
}

/// The seals of tenants that are not listed, made when they are asked for.
private final class OtherSeals: Sendable {
    /// When there are more they are all forgotten, and made again.
    private static let limit = 256

    private let secret: Secret
    private let seals = NIOLockedValueBox<[TenantID: EntrySeal]>([:])

    init(_ secret: Secret) { self.secret = secret }

    func seal(of tenant: TenantID) -> EntrySeal {
        if let known = seals.withLockedValue({ $0[tenant] }) { return known }
        let seal = EntrySeal(secret: secret, tenant: tenant)
        seals.withLockedValue { seals in
            if seals.count >= Self.limit { seals.removeAll() }
            seals[tenant] = seal
        }
        return seal
    }
}
