package import GatewayCore
import NIOConcurrencyHelpers

/// What this replica knows of the purges of all tenants: never more than is true, and as of the last word of the store.
package final class PurgeLedger: Sendable {
    private let records = NIOLockedValueBox<[TenantID: PurgeRecord]>([:])

    package init() {}

    /// The newest purge heard of; nil when nothing is known of the tenant. An answer that is asked for from now on may
    /// carry it: an older one only makes it subject to more purges.
    package func newest(of tenant: TenantID) -> CacheGeneration? {
        records.withLockedValue { $0[tenant]?.newest }
    }

    /// The newest purge of each tenant heard of.
    package var all: [TenantID: CacheGeneration] { records.withLockedValue { $0.mapValues(\.newest) } }

    package func learn(_ record: PurgeRecord, of tenant: TenantID) {
        records.withLockedValue { records in
            guard records[tenant] != nil else { return records[tenant] = record }
            records[tenant]?.learn(record)
        }
    }

    /// Whether an entry may be served, as far as this replica knows.
    package func verdict(on entry: StoredEntry, of tenant: TenantID) -> PurgeRecord.Verdict {
        records.withLockedValue { $0[tenant]?.verdict(on: entry) } ?? .unknown(fields: [])
    }
}
