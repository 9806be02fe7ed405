package import GatewayCore
package import RedisClient
package import SemanticCache

/// Answers in Redis: one hash each, one round trip a call.
///
/// An answer and the purges that may end it live in different slots of a Redis Cluster, so no script reads both: they
/// are read by one pipeline, the purges last. What is purged before a lookup begins is therefore never served by it.
package struct RedisCacheStore: CacheStore {
    let redis: RedisClient
    private let now: @Sendable () -> UnixTime
    /// What was heard of purges.
    package let ledger = PurgeLedger()

    package init(redis: RedisClient, now: @escaping @Sendable () -> UnixTime = { UnixTime.now() }) {
        self.redis = redis
        self.now = now
    }

    package func load(
        _ entry: EntryID, in partition: PartitionID, of tenant: TenantID
    ) async throws(CacheStoreError) -> StoredEntry? {
        var command = RedisCommand("HMGET", capacity: 224)
        command.append(Keyspace.entry(entry, in: partition))
        for field in EntryCodec.servedFields { command.append(field) }
        let found: StoredEntry?
        let newest: Int64?
        do throws(RedisError) {
            let replies = try await redis.send([command, Self.newest(of: tenant)])
            guard replies.count == 2 else { return nil }
            let values = try replies[0].checked().expectArray()
            found = EntryCodec.entry(values, id: entry, partition: partition, now: now())
            newest = try replies[1].checked().integer
        } catch {
            throw CacheStoreError(error)
        }
        try await hear(newest, of: tenant)
        guard let found else { return nil }
        return try await isCurrent(found, of: tenant) ? found : nil
    }

    package func save(_ entry: StoredEntry) async throws(CacheStoreError) {
        try await run(
            CacheScripts.save, on: entry.id, in: entry.partition, arguments: try await saving(entry))
    }

    /// What ``CacheScripts/saving`` takes.
    func saving(_ entry: StoredEntry) async throws(CacheStoreError) -> [RedisArgument] {
        var entry = entry
        if entry.generation == nil, let labels = entry.labels?.labels {
            entry.generation = try await generation(of: labels.tenant)
        }
        var arguments: [RedisArgument] = [
            .integer(Int(entry.ends.milliseconds)), .string(entry.id.description),
            .string(entry.partition.description), .integer(CacheScripts.logLifeMilliseconds),
        ]
        arguments += EntryCodec.fields(of: entry)
        return arguments
    }

    package func delete(_ entry: EntryID, in partition: PartitionID) async throws(CacheStoreError) {
        let arguments: [RedisArgument] = [
            .string(entry.description), .string(partition.description), .integer(CacheScripts.logLifeMilliseconds),
            .bytes(partition.bytes),
        ]
        try await run(CacheScripts.delete, on: entry, in: partition, arguments: arguments)
    }

    private func run(
        _ script: RedisScript, on entry: EntryID, in partition: PartitionID, arguments: [RedisArgument]
    ) async throws(CacheStoreError) {
        do throws(RedisError) {
            _ = try await redis.evaluate(
                script, keys: [Keyspace.entry(entry, in: partition), Keyspace.log(of: partition)],
                arguments: arguments)
        } catch {
            throw CacheStoreError(error)
        }
    }
}

extension CacheStoreError {
    init(_ error: RedisError) {
        self.init(error.isOfContents ? .malformed : .unavailable, "\(error)")
    }
}
