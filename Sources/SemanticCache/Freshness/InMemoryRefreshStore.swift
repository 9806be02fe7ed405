package import GatewayCore
import NIOConcurrencyHelpers

/// Leases in this process's memory, over a store in memory: the reference of what every ``RefreshStore`` must do.
package final class InMemoryRefreshStore: RefreshStore {
    private struct Record {
        var number: Int64 = 0
        var until: UnixTime?
        var made: UnixTime?
        /// How often the entry was written when the lease was given, or by it: with the next time it ends.
        var writes: Int
    }

    private let store: InMemoryCacheStore
    private let now: @Sendable () -> UnixTime
    private let records = NIOLockedValueBox<[EntryID: Record]>([:])

    package init(_ store: InMemoryCacheStore, now: @escaping @Sendable () -> UnixTime = { UnixTime.now() }) {
        self.store = store
        self.now = now
    }

    package func claim(
        _ entry: EntryID, in partition: PartitionID, seen created: UnixTime, for life: Duration
    ) async throws(CacheStoreError) -> RefreshClaim {
        let now = now()
        let writes = store.standing(entry).writes
        return records.withLockedValue { records in
            var record = records[entry] ?? Record(writes: writes)
            if record.writes != writes { record = Record(number: record.number, writes: writes) }
            if let made = record.made, made > created { return .done }
            if let until = record.until, until > now { return .held(until - now) }
            record.number += 1
            record.until = now + life
            records[entry] = record
            return .granted(RefreshLease(number: record.number))
        }
    }

    package func save(_ entry: StoredEntry, under lease: RefreshLease) async throws(CacheStoreError) -> Bool {
        let standing = store.standing(entry.id)
        guard let before = standing.entry, let record = records.withLockedValue({ $0[entry.id] }),
            record.number == lease.number, record.writes == standing.writes
        else { return false }
        var new = entry
        new.fence = before.fence
        try await store.save(new)
        records.withLockedValue {
            $0[entry.id] = Record(number: lease.number, made: entry.created, writes: standing.writes + 1)
        }
        return true
    }

    package func giveUp(
        _ lease: RefreshLease, of entry: EntryID, in partition: PartitionID, pause: Duration
    ) async throws(CacheStoreError) {
        let until = now() + pause
        records.withLockedValue { if $0[entry]?.number == lease.number { $0[entry]?.until = until } }
    }
}
