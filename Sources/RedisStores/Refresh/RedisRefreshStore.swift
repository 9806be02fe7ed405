package import GatewayCore
import RedisClient
package import SemanticCache

/// Leases in Redis, in the shard of the answer they are about.
package struct RedisRefreshStore: RefreshStore {
    private let store: RedisCacheStore
    private let onSaved: @Sendable (EntryID, PartitionID) -> Void

    /// - Parameters:
    ///   - store: where the answers are.
    ///   - onSaved: hears of each answer that was replaced, before the change log tells of it.
    package init(
        _ store: RedisCacheStore, onSaved: @escaping @Sendable (EntryID, PartitionID) -> Void = { _, _ in }
    ) {
        self.store = store
        self.onSaved = onSaved
    }

    package func claim(
        _ entry: EntryID, in partition: PartitionID, seen created: UnixTime, for life: Duration
    ) async throws(CacheStoreError) -> RefreshClaim {
        let life = Int(life / .milliseconds(1))
        let reply = try await evaluate(
            RefreshScripts.claim, keys: [Keyspace.refresh(of: entry, in: partition)],
            arguments: [
                .integer(Int(created.milliseconds)), .integer(life),
                .integer(life + RefreshScripts.memoryMilliseconds),
            ])
        guard let parts = reply.array, parts.count == 2, let number = parts[0].integer, let left = parts[1].integer
        else { throw CacheStoreError(.malformed, "a claim must answer a number and a time") }
        if number > 0 { return .granted(RefreshLease(number: number)) }
        return left > 0 ? .held(.milliseconds(left)) : .done
    }

    package func save(_ entry: StoredEntry, under lease: RefreshLease) async throws(CacheStoreError) -> Bool {
        let reply = try await store.save(
            entry, by: .refresh, last: [.integer(Int(lease.number)), .integer(Int(entry.created.milliseconds))])
        onSaved(entry.id, entry.partition)
        return reply.integer == 1
    }

    package func giveUp(
        _ lease: RefreshLease, of entry: EntryID, in partition: PartitionID, pause: Duration
    ) async throws(CacheStoreError) {
        _ = try await evaluate(
            RefreshScripts.giveUp, keys: [Keyspace.refresh(of: entry, in: partition)],
            arguments: [.integer(Int(lease.number)), .integer(Int(pause / .milliseconds(1)))])
    }

    private func evaluate(
        _ script: RedisScript, keys: [String], arguments: [RedisArgument]
    ) async throws(CacheStoreError) -> RedisReply {
        do throws(RedisError) {
            return try await store.redis.evaluate(script, keys: keys, arguments: arguments)
        } catch {
            throw CacheStoreError(error)
        }
    }
}
