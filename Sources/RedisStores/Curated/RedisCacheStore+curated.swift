package import GatewayCore
package import NIOCore
import RedisClient
package import SemanticCache

extension RedisCacheStore: CuratedStore {
    package func put(
        _ record: CuratedRecord, _ entries: [StoredEntry], on shelf: CuratedShelf
    ) async throws(CacheStoreError) -> (entry: EntryID, answer: String)? {
        let writing = try CuratedWriting(record, entries, on: shelf, codec: codec)
        var over: [String] = []
        var former: [EntryID]?
        while true {
            let reply = try await run(
                CuratedScripts.put, keys: writing.keys, arguments: writing.arguments(over: over, former: former),
                timeout: Self.adminTimeout)
            if reply.string == "LOST", former == nil {
                former = try await lostEntries(of: record.id, on: shelf)
                continue
            }
            guard let taken = reply.array else { return nil }
            guard taken.count == 3, let number = taken[0].integer.map(Int.init), entries.indices.contains(number),
                let answer = taken[1].string, let claim = taken[2].string
            else { throw CacheStoreError(.malformed, "the script for curated answers answered something else") }
            // An answer that was purged, or that is gone, has no questions any more. One that is imported again
            // meanwhile has them as of a later purge.
            let isOwned = try await owns(answer, entries[number].id, on: shelf)
            if over.contains(claim) || isOwned { return (entries[number].id, answer) }
            over.append(claim)
        }
    }

    /// Whether an answer stands, or at least the entry, where Redis has evicted the record.
    private func owns(
        _ answer: String, _ entry: EntryID, on shelf: CuratedShelf
    ) async throws(CacheStoreError) -> Bool {
        let owner: CuratedRecord? = try await records([answer], on: shelf).first ?? nil
        if try await isCurrent(owner, on: shelf) { return true }
        return try await load(entry, in: shelf.partition, of: shelf.tenant)?.curation?.answer == answer
    }

    package func entries(
        of id: String, on shelf: CuratedShelf, searches: Bool
    ) async throws(CacheStoreError) -> [EntryID] {
        let replies = try await send([
            Self.read([CuratedRecordCodec.entriesField], of: id, on: shelf),
            RedisCommand("ZSCORE", .string(Keyspace.curated(in: shelf.partition)), .string(id)),
        ])
        if let entries = replies.first?.array?.first?.string { return CuratedRecordCodec.entries(entries) }
        guard searches || replies.last?.string != nil else { return [] }
        return try await lostEntries(of: id, on: shelf)
    }

    package func remove(
        _ id: String, from shelf: CuratedShelf, searches: Bool
    ) async throws(CacheStoreError) -> Int {
        let dropped = try await remove(id, from: shelf, former: nil)
        if dropped >= 0 { return dropped }
        guard searches || dropped == -1 else { return 0 }
        return try await remove(id, from: shelf, former: try await lostEntries(of: id, on: shelf))
    }

    private func remove(
        _ id: String, from shelf: CuratedShelf, former: [EntryID]?
    ) async throws(CacheStoreError) -> Int {
        let reply = try await run(
            CuratedScripts.remove, keys: CuratedWriting.keys(of: id, shelf),
            arguments: CuratedWriting.address(id, shelf, former: former), timeout: Self.adminTimeout)
        return Int(reply.integer ?? 0)
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
            guard let record, try await isCurrent(record, on: shelf) else { continue }
            lines.append(record.line)
        }
        return (lines, ids.count < count ? nil : ids.last)
    }

    package func count(on shelf: CuratedShelf) async throws(CacheStoreError) -> Int {
        let reply = try await send([RedisCommand("ZCARD", .string(Keyspace.curated(in: shelf.partition)))]).first
        return Int(reply?.integer ?? 0)
    }

    // MARK: - Reading

    private func records(
        _ ids: [String], on shelf: CuratedShelf
    ) async throws(CacheStoreError) -> [CuratedRecord?] {
        let form = CuratedRecordCodec(codec, shelf)
        let replies = try await send(ids.map { Self.read(CuratedRecordCodec.allFields, of: $0, on: shelf) })
        return zip(ids, replies).map { form.record($1.array, id: $0) }
    }

    /// Whether there is a record and no purge has ended it.
    func isCurrent(_ record: CuratedRecord?, on shelf: CuratedShelf) async throws(CacheStoreError) -> Bool {
        guard let record else { return false }
        return try await isCurrent(record.purgeable(on: shelf), of: shelf.tenant)
    }

    static func read(_ fields: [String], of id: String, on shelf: CuratedShelf) -> RedisCommand {
        var command = RedisCommand("HMGET", capacity: 160)
        command.append(Keyspace.curated(id, in: shelf.partition))
        for field in fields { command.append(field) }
        return command
    }

    /// The entries of an answer whose record Redis has evicted: found among all keys, in small steps.
    private func lostEntries(of id: String, on shelf: CuratedShelf) async throws(CacheStoreError) -> [EntryID] {
        let catalog = RedisEntryCatalog(redis: redis, store: self)
        let wall = ByteBuffer(bytes: shelf.partition.bytes)
        var found: Set<EntryID> = []
        var cursor = "0"
        repeat {
            let step = try await catalog.scan(from: cursor, of: Keyspace.entries(in: shelf.partition) + "*")
            cursor = step.next
            let owners = step.keys.map {
                RedisCommand("HMGET", .string($0), .string(EntryFields.partition), .string(EntryFields.curated))
            }
            let replies = try await send(owners)
            for (key, reply) in zip(step.keys, replies) {
                guard let values = reply.array, values.count == 2, values[0].bytes == wall, values[1].string == id,
                    let entry = RedisChangeFeed.entry(ofKey: key)
                else { continue }
                found.insert(entry)
            }
            if Task.isCancelled { throw CacheStoreError(.unavailable, "cancelled") }
        } while cursor != "0"
        return Array(found)
    }

    /// Sends pipelines of a bounded length, so that lookups go on between them.
    func send(_ commands: [RedisCommand]) async throws(CacheStoreError) -> [RedisReply] {
        var replies: [RedisReply] = []
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
