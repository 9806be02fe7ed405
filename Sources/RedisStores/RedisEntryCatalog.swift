package import GatewayCore
import NIOCore
package import RedisClient
package import SemanticCache

/// What an operator does with entries in Redis: walks over all keys in small steps, so that lookups go on beside it.
package struct RedisEntryCatalog: EntryCatalog {
    private let redis: RedisClient
    let store: RedisCacheStore

    private static let fields = [
        EntryFields.version, EntryFields.head, EntryFields.partition, EntryFields.encoder, EntryFields.mirrored,
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
                guard let id = RedisChangeFeed.entry(ofKey: key), let entry = entry(reply.array, id: id, of: tenant),
                    visit(entry)
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
        let replies = try await send(entries.map { Self.read(Keyspace.entry($0.entry, in: $0.partition)) })
        return zip(entries, replies).map { entry, reply in
            guard let values = reply.array, values.count == Self.fields.count else { return nil }
            return part(values, id: entry.entry, partition: entry.partition)?.question
        }
    }

    static func read(_ key: String) -> RedisCommand {
        var command = RedisCommand("HMGET", capacity: 160)
        command.append(key)
        for field in fields { command.append(field) }
        return command
    }

    /// Nil for what is gone, another tenant's, or passed over.
    func entry(_ values: [RedisReply]?, id: EntryID, of tenant: TenantID) -> StoredEntry? {
        guard let values, values.count == Self.fields.count,
            let partition = values[2].bytes.flatMap({ PartitionID(bytes: Array($0.readableBytesView)) }),
            let head = try? store.codec.head(values, id: id, partition: partition, tenant: tenant),
            let labels = head.labels.map(EntryLabels.init), labels.labels?.tenant == tenant
        else { return nil }
        var entry = StoredEntry(
            id: id, partition: partition, question: part(values, id: id, partition: partition)?.question,
            answer: .init(), model: head.model, usage: nil, created: head.created, expires: head.expires, vector: nil,
            labels: labels, generation: head.generation, curation: head.curation)
        if case .alias(let origin) = head.body { entry.alias = origin }
        return entry
    }

    private func part(_ values: [RedisReply], id: EntryID, partition: PartitionID) -> MirroredPart? {
        part(values[4], encoder: values[3], id: id, partition: partition)
    }

    func part(
        _ mirrored: RedisReply, encoder: RedisReply, id: EntryID, partition: PartitionID
    ) -> MirroredPart? {
        mirrored.bytes.flatMap { envelope in
            try? MirroredPart(
                envelope, id: id, partition: partition, encoder: encoder.bytes ?? ByteBuffer(),
                seals: store.codec.seals)
        }
    }

    /// - Parameter pattern: what the keys are like.
    func scan(
        from cursor: String, of pattern: String = Keyspace.allEntries
    ) async throws(CacheStoreError) -> (keys: [String], next: String) {
        let command = RedisCommand(
            "SCAN", .string(cursor), "MATCH", .string(pattern), "COUNT", .integer(RedisChangeFeed.readCount))
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
