package import GatewayCore
import NIOCore
package import RedisClient
package import SemanticCache

/// Answers in Redis: one hash each, one round trip a call.
///
/// An answer and the purges that may end it live in different slots of a Redis Cluster, so no script reads both: they
/// are read by one pipeline, the purges last. What is purged before a lookup begins is therefore never served by it.
package struct RedisCacheStore: CacheStore {
    let redis: RedisClient
    /// How entries are written, and what was passed over.
    package let codec: EntryCodec
    /// Nil where no tenant has a quota.
    package let quotas: QuotaBook?
    private let now: @Sendable () -> UnixTime
    /// What was heard of purges.
    package let ledger = PurgeLedger()
    private let sharing = SharingPartitions()

    package init(
        redis: RedisClient, codec: EntryCodec = EntryCodec(), quotas: QuotaBook? = nil,
        now: @escaping @Sendable () -> UnixTime = { UnixTime.now() }
    ) {
        self.quotas = quotas
        self.redis = redis
        self.codec = codec
        self.now = now
    }

    /// One round trip. One more the first time that a partition shows an answer that entries share, and for another
    /// name of an entry.
    package func load(
        _ entry: EntryID, in partition: PartitionID, of tenant: TenantID
    ) async throws(CacheStoreError) -> StoredEntry? {
        switch try await standing(at: entry, in: partition, of: tenant) {
        case .entry(let entry): return entry
        case .alias(let alias): return try await self.entry(behind: alias, in: partition, of: tenant)
        case nil: return nil
        }
    }

    /// What stands under an id, if no purge has ended it: an entry, or what an alias stands for, which is not yet
    /// looked at.
    func standing(
        at entry: EntryID, in partition: PartitionID, of tenant: TenantID
    ) async throws(CacheStoreError) -> EntryCodec.Standing? {
        let values: [RedisReply]
        let newest: Int64?
        do throws(RedisError) {
            let replies = try await redis.send([read(entry, in: partition), Self.newest(of: tenant)])
            guard replies.count == 2 else { return nil }
            values = try await resolve(replies[0], of: entry, in: partition)
            newest = try replies[1].checked().integer
        } catch {
            throw CacheStoreError(error)
        }
        let found = codec.standing(values, id: entry, partition: partition, tenant: tenant, now: now())
        try await hear(newest, of: tenant)
        switch found {
        case .entry(let entry)?: return try await isCurrent(entry, of: tenant) ? found : nil
        case .alias(let alias)?:
            let asked = alias.origin.purgeable(under: entry, in: partition)
            return try await isCurrent(asked, of: tenant) ? found : nil
        case nil: return nil
        }
    }

    private func read(_ entry: EntryID, in partition: PartitionID) -> RedisCommand {
        if sharing.contains(partition) {
            return CacheScripts.load.command(
                keys: [Keyspace.entry(entry, in: partition), Keyspace.log(of: partition)],
                arguments: loadArguments(entry, partition))
        }
        var command = RedisCommand("HMGET", capacity: 128)
        command.append(Keyspace.entry(entry, in: partition))
        for field in EntryCodec.servedFields { command.append(field) }
        return command
    }

    /// The values of an entry; empty for a key that holds something else. Asks again where the answer stands by itself,
    /// and where the server does not know the script.
    private func resolve(
        _ reply: RedisReply, of entry: EntryID, in partition: PartitionID
    ) async throws(RedisError) -> [RedisReply] {
        if reply.error?.prefix == "WRONGTYPE" { return [] }
        var reply = reply
        let isApart = reply.array.map {
            $0.count == EntryCodec.servedFields.count && !$0[1].isNull && $0[2].isNull && !$0[3].isNull
        } ?? false
        if isApart && !sharing.contains(partition) || reply.error?.prefix == "NOSCRIPT" {
            sharing.insert(partition)
            reply = try await loadShared(entry, in: partition)
        }
        return try reply.expectArray()
    }

    /// The values of an entry whose answer stands beside it.
    func shared(_ entry: EntryID, in partition: PartitionID) async throws(CacheStoreError) -> [RedisReply] {
        do throws(RedisError) {
            return try await loadShared(entry, in: partition).expectArray()
        } catch {
            throw CacheStoreError(error)
        }
    }

    private func loadShared(
        _ entry: EntryID, in partition: PartitionID
    ) async throws(RedisError) -> RedisReply {
        try await redis.evaluate(
            CacheScripts.load, keys: [Keyspace.entry(entry, in: partition), Keyspace.log(of: partition)],
            arguments: loadArguments(entry, partition))
    }

    private func loadArguments(_ entry: EntryID, _ partition: PartitionID) -> [RedisArgument] {
        [
            .string(entry.description), .string(partition.description), .integer(CacheScripts.logLifeMilliseconds),
            .string(Keyspace.answers(besides: partition)),
        ]
    }

    package func save(_ entry: StoredEntry) async throws(CacheStoreError) {
        if try await write(entry) { return }
        // Somebody asked anew for what a curated answer stands for. One that was purged is no longer in the way, unless
        // it is imported again meanwhile: then it is of a later purge.
        let curated = try await curatedGeneration(of: entry)
        let tenant = entry.labels?.labels?.tenant ?? .open
        if try await load(entry.id, in: entry.partition, of: tenant) == nil {
            if try await write(entry, replacing: curated) { return }
        }
        throw CacheStoreError(.superseded, "a curated answer stands there")
    }

    /// What a curated entry under the same key says of purges; nil when nothing is there.
    private func curatedGeneration(of entry: StoredEntry) async throws(CacheStoreError) -> Int64? {
        let command = RedisCommand(
            "HGET", .string(Keyspace.entry(entry.id, in: entry.partition)), .string(EntryFields.generation))
        do throws(RedisError) {
            return try await redis.send(command).integer
        } catch {
            throw CacheStoreError(error)
        }
    }

    /// - Parameter curated: of a curated entry that may be replaced; nil for none.
    /// - Returns: false when a curated entry is in the way.
    private func write(
        _ entry: StoredEntry, replacing curated: Int64? = nil
    ) async throws(CacheStoreError) -> Bool {
        let reply = try await save(entry, by: .save, replacing: curated)
        if reply.string == "SUPERSEDED" {
            throw CacheStoreError(.superseded, "a newer answer stands there")
        }
        return reply.string != "CURATED"
    }

    /// What ``CacheScripts/saving(behind:)`` takes.
    func saving(
        _ entry: StoredEntry, replacing curated: Int64? = nil
    ) async throws(CacheStoreError) -> (keys: [String], arguments: [RedisArgument]) {
        var entry = entry
        if entry.generation == nil, let labels = entry.labels?.labels {
            entry.generation = try await generation(of: labels.tenant)
        }
        let encoded = try codec.encode(entry)
        let content = encoded.large?.content.name ?? ""
        let key = Keyspace.entry(entry.id, in: entry.partition)
        let answers = Keyspace.answers(besides: entry.partition)
        let arguments: [RedisArgument] = [
            .integer(Int(max(entry.ends.milliseconds, 1))), .string(entry.id.description),
            .string(entry.partition.description), .integer(CacheScripts.logLifeMilliseconds), .string(answers),
            .string(Keyspace.entries(in: entry.partition)), .string(content),
            .buffer(encoded.large?.answer ?? ByteBuffer()), .integer(Int(entry.fence ?? 0)),
            .integer(Int(entry.generation?.value ?? 0)), .string(curated.map { "\($0)" } ?? ""),
        ]
        let keys = [
            key, Keyspace.log(of: entry.partition), content.isEmpty ? key : answers + content,
            Keyspace.refresh(of: entry.id, in: entry.partition),
        ]
        return (keys, arguments + encoded.fields)
    }

    package func delete(_ entry: EntryID, in partition: PartitionID) async throws(CacheStoreError) {
        let arguments: [RedisArgument] = [
            .string(entry.description), .string(partition.description), .integer(CacheScripts.logLifeMilliseconds),
            .bytes(partition.bytes), .string(Keyspace.answers(besides: partition)),
            .string(Keyspace.entries(in: partition)),
        ]
        let keys = [
            Keyspace.entry(entry, in: partition), Keyspace.log(of: partition),
            Keyspace.refresh(of: entry, in: partition),
        ]
        _ = try await run(CacheScripts.delete, keys: keys, arguments: arguments)
    }

    func run(
        _ script: RedisScript, keys: [String], arguments: [RedisArgument], timeout: Duration? = nil
    ) async throws(CacheStoreError) -> RedisReply {
        do throws(RedisError) {
            return try await redis.evaluate(script, keys: keys, arguments: arguments, timeout: timeout)
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
