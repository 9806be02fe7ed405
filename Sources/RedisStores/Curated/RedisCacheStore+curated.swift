package import GatewayCore
package import NIOCore
import RedisClient
package import SemanticCache

extension RedisCacheStore: CuratedStore {
    package func put(
        _ record: CuratedRecord, _ entries: [StoredEntry], on shelf: CuratedShelf
    ) async throws(CacheStoreError) -> (entry: EntryID, answer: String)? {
        guard let taken = try await put(record, entries, on: shelf, takes: false) else { return nil }
        // An answer that was purged, or that is gone, has no questions any more.
        let owner = try await records([taken.answer], on: shelf)
        if let owner = owner.first ?? nil, try await isCurrent(owner.purgeable(on: shelf), of: shelf.tenant) {
            return taken
        }
        return try await put(record, entries, on: shelf, takes: true)
    }

    private func put(
        _ record: CuratedRecord, _ entries: [StoredEntry], on shelf: CuratedShelf, takes: Bool
    ) async throws(CacheStoreError) -> (entry: EntryID, answer: String)? {
        var arguments = Self.address(record.id, shelf)
        let fields = CuratedRecordCodec.fields(of: record)
        arguments += [.string(takes ? "1" : "0"), .integer(fields.count)] + fields
        for entry in entries {
            // With a copy of its answer: they come and go together, by the answer's record.
            let fields = try codec.encode(entry).own
            // Without a date, Redis has nothing by which to let it go, whatever its policy for keys that expire.
            let expiry = entry.expires == Curation.forever ? 0 : Int(entry.expires.milliseconds)
            arguments += [.string(entry.id.description), .integer(expiry), .integer(fields.count)] + fields
        }
        let keys = Self.keys(of: record.id, shelf) + entries.map { Keyspace.entry($0.id, in: shelf.partition) }
        let reply = try await run(CuratedScripts.put, keys, arguments)
        guard let taken = reply.array else { return nil }
        guard taken.count == 2, let number = taken[0].integer.map(Int.init), entries.indices.contains(number),
            let answer = taken[1].string
        else { throw CacheStoreError(.malformed, "the script for curated answers answered something else") }
        return (entries[number].id, answer)
    }

    package func entries(of id: String, on shelf: CuratedShelf) async throws(CacheStoreError) -> [EntryID] {
        try await records([id], on: shelf).first??.entries ?? []
    }

    package func remove(_ id: String, from shelf: CuratedShelf) async throws(CacheStoreError) -> Int {
        let reply = try await run(CuratedScripts.remove, Self.keys(of: id, shelf), Self.address(id, shelf))
        return Int(reply.integer ?? 0)
    }

    package func stands(
        _ wanted: [(id: String, digest: String, entries: [EntryID])], on shelf: CuratedShelf
    ) async throws(CacheStoreError) -> [Bool] {
        var commands = wanted.map { Self.read(CuratedRecordCodec.standingFields, of: $0.id, on: shelf) }
        for entry in wanted.flatMap(\.entries) {
            commands.append(
                RedisCommand("HGET", .string(Keyspace.entry(entry, in: shelf.partition)), .string(EntryFields.curated)))
        }
        let replies = try await send(commands)
        var owners = replies.dropFirst(wanted.count)[...]
        var stands: [Bool] = []
        for (wanted, reply) in zip(wanted, replies) {
            let record = CuratedRecordCodec.standing(reply.array, id: wanted.id)
            let holds = owners.prefix(wanted.entries.count).allSatisfy { $0.string == wanted.id }
            owners = owners.dropFirst(wanted.entries.count)
            guard holds, let record, record.digest == wanted.digest else {
                stands.append(false)
                continue
            }
            stands.append(try await isCurrent(record.purgeable(on: shelf), of: shelf.tenant))
        }
        return stands
    }

    package func lines(
        of shelf: CuratedShelf, behind id: String?, count: Int
    ) async throws(CacheStoreError) -> (lines: [ByteBuffer], next: String?) {
        let range = RedisCommand(
            "ZRANGEBYLEX", .string(Keyspace.curated(in: shelf.partition)), .string(id.map { "(\($0)" } ?? "-"), "+",
            "LIMIT", "0", .integer(count))
        let ids = (try await send([range]).first?.array ?? []).compactMap(\.string)
        var lines: [ByteBuffer] = []
        for record in try await records(ids, on: shelf) {
            guard let record, try await isCurrent(record.purgeable(on: shelf), of: shelf.tenant) else { continue }
            lines.append(record.line)
        }
        return (lines, ids.count < count ? nil : ids.last)
    }

    package func count(on shelf: CuratedShelf) async throws(CacheStoreError) -> Int {
        let reply = try await send([RedisCommand("ZCARD", .string(Keyspace.curated(in: shelf.partition)))]).first
        return Int(reply?.integer ?? 0)
    }

    private func records(
        _ ids: [String], on shelf: CuratedShelf
    ) async throws(CacheStoreError) -> [CuratedRecord?] {
        let replies = try await send(ids.map { Self.read(CuratedRecordCodec.allFields, of: $0, on: shelf) })
        return zip(ids, replies).map { CuratedRecordCodec.record($1.array, id: $0) }
    }

    // MARK: - Commands

    private static func read(_ fields: [String], of id: String, on shelf: CuratedShelf) -> RedisCommand {
        var command = RedisCommand("HMGET", capacity: 160)
        command.append(Keyspace.curated(id, in: shelf.partition))
        for field in fields { command.append(field) }
        return command
    }

    private static func keys(of id: String, _ shelf: CuratedShelf) -> [String] {
        [
            Keyspace.curated(id, in: shelf.partition), Keyspace.curated(in: shelf.partition),
            Keyspace.log(of: shelf.partition),
        ]
    }

    /// What every script is told first.
    private static func address(_ id: String, _ shelf: CuratedShelf) -> [RedisArgument] {
        [
            .string(id), .string(shelf.partition.description), .integer(CacheScripts.logLifeMilliseconds),
            .string(Keyspace.entries(in: shelf.partition)),
        ]
    }

    private func run(
        _ script: RedisScript, _ keys: [String], _ arguments: [RedisArgument]
    ) async throws(CacheStoreError) -> RedisReply {
        do throws(RedisError) {
            return try await redis.evaluate(script, keys: keys, arguments: arguments, timeout: Self.adminTimeout)
        } catch {
            throw CacheStoreError(error)
        }
    }

    private func send(_ commands: [RedisCommand]) async throws(CacheStoreError) -> [RedisReply] {
        var replies: [RedisReply] = []
        // Pipelines of a bounded length, so that lookups go on between them.
        for start in stride(from: 0, to: commands.count, by: RedisChangeFeed.readCount) {
            let step = Array(commands[start..<min(start + RedisChangeFeed.readCount, commands.count)])
            do throws(RedisError) {
                replies += try RedisChangeFeed.checked(try await redis.send(step, timeout: Self.adminTimeout))
            } catch {
                throw CacheStoreError(error)
            }
        }
        return replies
    }
}
