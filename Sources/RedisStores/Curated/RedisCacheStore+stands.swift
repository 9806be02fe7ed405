package import GatewayCore
import RedisClient
package import SemanticCache

extension RedisCacheStore {
    /// What of an entry tells whose it is and whether it can be read.
    private static let readableFields = [EntryFields.version, EntryFields.head, EntryFields.curated]

    /// One pipeline; a second one where answers stand beside their entries.
    package func stands(
        _ wanted: [(id: String, digest: String, entries: [EntryID])], on shelf: CuratedShelf
    ) async throws(CacheStoreError) -> [Bool] {
        let form = CuratedRecordCodec(codec, shelf)
        let entries = wanted.flatMap { line in line.entries.map { (entry: $0, answer: line.id) } }
        let replies = try await send(
            wanted.map { Self.read(CuratedRecordCodec.standingFields, of: $0.id, on: shelf) }
                + entries.map { Self.readable($0.entry, on: shelf) })
        var served = try await areServed(entries, Array(replies.dropFirst(wanted.count)), on: shelf)[...]
        var stands: [Bool] = []
        for (wanted, reply) in zip(wanted, replies) {
            let holds = served.prefix(wanted.entries.count).allSatisfy { $0 }
            served = served.dropFirst(wanted.entries.count)
            guard holds, let record = form.standing(reply.array, id: wanted.id),
                record.digest == form.stamp(wanted.digest)
            else {
                stands.append(false)
                continue
            }
            stands.append(try await isCurrent(record, on: shelf))
        }
        return stands
    }

    private static func readable(_ entry: EntryID, on shelf: CuratedShelf) -> RedisCommand {
        var command = RedisCommand("HMGET", capacity: 128)
        command.append(Keyspace.entry(entry, in: shelf.partition))
        for field in readableFields { command.append(field) }
        return command
    }

    /// Which entries are the answers' that they should be, with all that a hit needs. Redis may have evicted what they
    /// share.
    private func areServed(
        _ entries: [(entry: EntryID, answer: String)], _ replies: [RedisReply], on shelf: CuratedShelf
    ) async throws(CacheStoreError) -> [Bool] {
        var served: [Bool] = []
        var apart: [(place: Int, commands: [RedisCommand])] = []
        for (wanted, reply) in zip(entries, replies) {
            guard let values = reply.array, values.count == Self.readableFields.count,
                values[2].string == wanted.answer,
                let head = try? codec.head(
                    values, id: wanted.entry, partition: shelf.partition, tenant: shelf.tenant)
            else {
                served.append(false)
                continue
            }
            if case .parted(let content, _, _) = head.body {
                let own = Keyspace.entry(wanted.entry, in: shelf.partition)
                let shared = Keyspace.answers(besides: shelf.partition) + content.name
                apart.append((served.count, [own, shared].map {
                    RedisCommand("HEXISTS", .string($0), .string(EntryFields.answer))
                }))
            }
            served.append(true)
        }
        let found = try await send(apart.flatMap(\.commands))
        for (number, part) in apart.enumerated() {
            served[part.place] = found[2 * number].integer == 1 || found[2 * number + 1].integer == 1
        }
        return served
    }
}
