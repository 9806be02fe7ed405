package import GatewayCore
import NIOCore
import RedisClient
package import SemanticCache

extension RedisChangeFeed {
    private static let auditedFields = [EntryFields.version, EntryFields.partition, EntryFields.encoder]

    /// By `SCAN`, without vectors.
    package func listed(
        from cursor: String, atLeast count: Int, encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> (entries: [(entry: EntryID, partition: PartitionID)], next: String) {
        var entries: [(entry: EntryID, partition: PartitionID)] = []
        var (cursor, seen) = (cursor, 0)
        repeat {
            let step = try await scan(from: cursor)
            cursor = step.next
            // Keys that are no entries are looked at, too.
            seen += Self.readCount
            let replies = try await send(step.keys.map(Self.audited))
            for (key, reply) in zip(step.keys, replies) {
                guard let id = Self.entry(ofKey: key), let partition = Self.partition(reply.array, encoder: encoder)
                else { continue }
                entries.append((id, partition))
            }
        } while cursor != "0" && seen < count
        return (entries, cursor)
    }

    /// By pipelines of short fields.
    package func present(
        _ entries: [(entry: EntryID, partition: PartitionID)], encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> Set<EntryID> {
        var present: Set<EntryID> = []
        for start in stride(from: 0, to: entries.count, by: Self.readCount) {
            let step = entries[start..<min(start + Self.readCount, entries.count)]
            let replies = try await send(step.map { Self.audited(Keyspace.entry($0.entry, in: $0.partition)) })
            for (entry, reply) in zip(step, replies)
            where Self.partition(reply.array, encoder: encoder) == entry.partition {
                present.insert(entry.entry)
            }
        }
        return present
    }

    private static func audited(_ key: String) -> RedisCommand {
        var command = RedisCommand("HMGET", capacity: 96)
        command.append(key)
        for field in auditedFields { command.append(field) }
        return command
    }

    /// Nil for what no mirror of this encoder holds.
    private static func partition(_ values: [RedisReply]?, encoder: EncoderIdentity) -> PartitionID? {
        guard let values, values.count == auditedFields.count, values[0].string == EntryFields.currentVersion,
            values[2].string == encoder.description, let bytes = values[1].bytes
        else { return nil }
        return PartitionID(bytes: Array(bytes.readableBytesView))
    }
}
