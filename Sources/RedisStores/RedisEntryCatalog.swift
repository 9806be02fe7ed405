package import GatewayCore
import NIOCore
package import RedisClient
package import SemanticCache

/// What an operator does with entries in Redis: walks over all keys in small steps, so that lookups go on beside it.
package struct RedisEntryCatalog: EntryCatalog {
    private let redis: RedisClient
    private let store: RedisCacheStore

    private static let fields = [
        EntryFields.version, EntryFields.partition, EntryFields.created, EntryFields.expires, EntryFields.question,
        EntryFields.model, EntryFields.labels, EntryFields.generation, EntryFields.curated,
    ]

    package init(redis: RedisClient, store: RedisCacheStore) {
        self.redis = redis
        self.store = store
    }

    package func partition(of entry: EntryID) async throws(CacheStoreError) -> PartitionID? {
        let commands = (0..<Keyspace.shards).map {
            RedisCommand("HGET", .string(Keyspace.entry(entry, shard: $0)), .string(EntryFields.partition))
        }
        for reply in try await send(commands) {
            if let bytes = reply.bytes { return PartitionID(bytes: Array(bytes.readableBytesView)) }
        }
        return nil
    }

    package func walk(
        _ tenant: TenantID, visit: @Sendable (StoredEntry) -> Bool
    ) async throws(CacheStoreError) -> Int {
        var cursor = "0"
        var deleted = 0
        repeat {
            let step = try await scan(from: cursor)
            cursor = step.next
            let replies = try await send(step.keys.map(Self.read))
            for (key, reply) in zip(step.keys, replies) {
                guard let id = RedisChangeFeed.entry(ofKey: key), let entry = Self.entry(reply.array, id: id),
                    entry.labels?.labels?.tenant == tenant, visit(entry)
                else { continue }
                try await store.delete(entry.id, in: entry.partition)
                deleted += 1
            }
            if Task.isCancelled { throw CacheStoreError(.unavailable, "cancelled") }
        } while cursor != "0"
        return deleted
    }

    package func questions(
        of entries: [(entry: EntryID, partition: PartitionID)]
    ) async throws(CacheStoreError) -> [String?] {
        let commands = entries.map {
            RedisCommand(
                "HGET", .string(Keyspace.entry($0.entry, in: $0.partition)), .string(EntryFields.question))
        }
        return try await send(commands).map(\.string)
    }

    static func read(_ key: String) -> RedisCommand {
        var command = RedisCommand("HMGET", capacity: 160)
        command.append(key)
        for field in fields { command.append(field) }
        return command
    }

    /// Nil for what is gone, of another version or damaged.
    static func entry(_ values: [RedisReply]?, id: EntryID) -> StoredEntry? {
        guard let values, values.count == fields.count, values[0].string == EntryFields.currentVersion,
            let partition = values[1].bytes.flatMap({ PartitionID(bytes: Array($0.readableBytesView)) }),
            let created = values[2].integer, let expires = values[3].integer
        else { return nil }
        return StoredEntry(
            id: id, partition: partition, question: values[4].string, answer: .init(), model: values[5].string,
            usage: nil, created: UnixTime(milliseconds: created), expires: UnixTime(milliseconds: expires),
            vector: nil, labels: values[6].string.map(EntryLabels.init),
            generation: values[7].integer.map(CacheGeneration.init),
            curation: CurationCodec.curation(values[8], .null))
    }

    func scan(from cursor: String) async throws(CacheStoreError) -> (keys: [String], next: String) {
        let command = RedisCommand(
            "SCAN", .string(cursor), "MATCH", .string(Keyspace.allEntries), "COUNT",
            .integer(RedisChangeFeed.readCount))
        do throws(RedisError) {
            let parts = try await redis.send(command, timeout: RedisCacheStore.adminTimeout).expectArray()
            if parts.count == 2, let next = parts[0].string, let keys = parts[1].array?.compactMap(\.string) {
                return (keys, next)
            }
        } catch {
            throw CacheStoreError(error)
        }
        throw CacheStoreError(.malformed, "SCAN must answer a cursor and keys")
    }

    func send(_ commands: [RedisCommand]) async throws(CacheStoreError) -> [RedisReply] {
        do throws(RedisError) {
            return try RedisChangeFeed.checked(
                try await redis.send(commands, timeout: RedisCacheStore.adminTimeout))
        } catch {
            throw CacheStoreError(error)
        }
    }
}
