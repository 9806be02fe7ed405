package import GatewayCore
package import RedisClient
package import SemanticCache

/// Answers in Redis: one hash each, one round trip a call.
package struct RedisCacheStore: CacheStore {
    private let redis: RedisClient
    private let now: @Sendable () -> UnixTime

    package init(redis: RedisClient, now: @escaping @Sendable () -> UnixTime = { UnixTime.now() }) {
        self.redis = redis
        self.now = now
    }

    package func load(_ entry: EntryID, in partition: PartitionID) async throws(CacheStoreError) -> StoredEntry? {
        var command = RedisCommand("HMGET", capacity: 192)
        command.append(Keyspace.entry(entry, in: partition))
        for field in EntryCodec.servedFields { command.append(field) }
        do throws(RedisError) {
            let values = try await redis.send(command).expectArray()
            return EntryCodec.entry(values, id: entry, partition: partition, now: now())
        } catch {
            throw CacheStoreError(error)
        }
    }

    package func save(_ entry: StoredEntry) async throws(CacheStoreError) {
        var arguments: [RedisArgument] = [
            .integer(Int(entry.expires.milliseconds)), .string(entry.id.description),
            .string(entry.partition.description), .integer(CacheScripts.logLifeMilliseconds),
        ]
        arguments += EntryCodec.fields(of: entry)
        try await run(CacheScripts.save, on: entry.id, in: entry.partition, arguments: arguments)
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
