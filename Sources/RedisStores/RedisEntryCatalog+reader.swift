package import GatewayCore
import RedisClient
package import SemanticCache

extension RedisEntryCatalog: EntryReader {
    /// Keys looked at for one page at most: of a tenant with few entries among many, pages are empty and end soon.
    private static let keysLimit = 4096

    package func page(
        of tenant: TenantID, from cursor: String, count: Int, where isWanted: @Sendable (StoredEntry) -> Bool
    ) async throws(CacheStoreError) -> (entries: [StoredEntry], next: String) {
        var entries: [StoredEntry] = []
        var (cursor, seen) = (cursor, 0)
        repeat {
            let step = try await scan(from: cursor)
            cursor = step.next
            seen += RedisChangeFeed.readCount
            let replies = try await send(step.keys.map(Self.read))
            for (key, reply) in zip(step.keys, replies) {
                guard let id = RedisChangeFeed.entry(ofKey: key), let entry = entry(reply.array, id: id, of: tenant),
                    isWanted(entry)
                else { continue }
                entries.append(entry)
            }
        } while cursor != "0" && entries.count < count && seen < Self.keysLimit
        return (entries, cursor)
    }

    package func entry(_ id: EntryID) async throws(CacheStoreError) -> StoredEntry? {
        guard let partition = try await partition(of: id) else { return nil }
        return try await entries([(id, partition)]).first ?? nil
    }

    package func entries(
        _ entries: [(entry: EntryID, partition: PartitionID)]
    ) async throws(CacheStoreError) -> [StoredEntry?] {
        let commands = entries.map { wanted in
            var command = RedisCommand("HMGET", capacity: 256)
            command.append(Keyspace.entry(wanted.entry, in: wanted.partition))
            for field in EntryCodec.servedFields + [EntryFields.encoder, EntryFields.mirrored] { command.append(field) }
            return command
        }
        var replies: [RedisReply] = []
        for start in stride(from: 0, to: commands.count, by: RedisChangeFeed.readCount) {
            replies += try await send(Array(commands[start..<min(start + RedisChangeFeed.readCount, commands.count)]))
        }
        var found: [StoredEntry?] = []
        for (wanted, reply) in zip(entries, replies) {
            found.append(try await whole(reply.array, wanted.entry, wanted.partition))
        }
        return found
    }

    /// Also one that is expired is there to be looked at.
    private func whole(
        _ values: [RedisReply]?, _ id: EntryID, _ partition: PartitionID
    ) async throws(CacheStoreError) -> StoredEntry? {
        let count = EntryCodec.servedFields.count
        guard var values, values.count == count + 2 else { return nil }
        let part = part(values[count + 1], encoder: values[count], id: id, partition: partition)
        // What is only matched whole has nothing that a mirror needs.
        let tenant = values[1].bytes.flatMap { store.codec.tenant(ofHead: $0, id: id, partition: partition) }
        values.removeLast(2)
        // Its answer stands beside it, shared with others.
        if values[2].isNull, !values[3].isNull {
            values = try await store.shared(id, in: partition)
        }
        let owner = tenant ?? .open
        let standing = store.codec.standing(
            values, id: id, partition: partition, tenant: owner, now: UnixTime(milliseconds: .min))
        switch standing {
        case .entry(let entry): return entry.asking(part?.question, under: id)
        // Shown with the answer that it is served with.
        case .alias(let alias):
            return try await store.entry(behind: alias, in: partition, of: owner)?
                .asking(part?.question, under: id, from: alias.origin)
        case nil: return nil
        }
    }
}

extension StoredEntry {
    /// The same with the question it answers, and where that stands.
    fileprivate func asking(_ question: String?, under id: EntryID, from origin: AliasOrigin? = nil) -> StoredEntry {
        var entry = StoredEntry(
            id: id, partition: partition, question: question, answer: answer, model: model, usage: usage,
            created: created, expires: expires, vector: vector, labels: labels, generation: generation,
            curation: curation, freshness: freshness, group: group)
        entry.alias = origin
        return entry
    }
}
