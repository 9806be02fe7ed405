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
                guard let id = RedisChangeFeed.entry(ofKey: key), let entry = Self.entry(reply.array, id: id),
                    entry.labels?.labels?.tenant == tenant, isWanted(entry)
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
            for field in EntryCodec.servedFields { command.append(field) }
            return command
        }
        var replies: [RedisReply] = []
        for start in stride(from: 0, to: commands.count, by: RedisChangeFeed.readCount) {
            replies += try await send(Array(commands[start..<min(start + RedisChangeFeed.readCount, commands.count)]))
        }
        return zip(entries, replies).map { wanted, reply in
            // Also one that is expired is there to be looked at.
            reply.array.flatMap {
                EntryCodec.entry(
                    $0, id: wanted.entry, partition: wanted.partition, now: UnixTime(milliseconds: .min))
            }
        }
    }
}
