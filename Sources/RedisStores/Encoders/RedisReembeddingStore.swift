package import GatewayCore
import NIOCore
import RedisClient
package import SemanticCache

/// Moves in Redis. An entry has one key whatever its encoder, so that a move changes two or three fields of its hash.
package struct RedisReembeddingStore: ReembeddingStore {
    private let store: RedisCacheStore
    private let feed: RedisChangeFeed

    private static let fields = [
        EntryFields.version, EntryFields.head, EntryFields.encoder, EntryFields.mirrored,
    ]

    /// An entry as it stands.
    private struct Standing {
        let entry: StoredEntry
        let tenant: TenantID
        let stamp: [ByteBuffer]
    }

    package init(_ store: RedisCacheStore) {
        self.store = store
        feed = RedisChangeFeed(redis: store.redis, codec: store.codec)
    }

    // MARK: - Who does it

    package func claim(
        _ move: EncoderMove, by replica: String
    ) async throws(CacheStoreError) -> ReembeddingStanding {
        let reply = try await run(
            ReembeddingScripts.claim, move, keys: [Keyspace.move(from: move.present)], by: replica)
        guard let values = reply.array, values.count == 4, let isMine = values[0].integer,
            let cursor = values[1].string, let rounds = values[2].integer, let isComplete = values[3].integer
        else { throw CacheStoreError(.malformed, "a claim must answer whose a move is and how far") }
        return ReembeddingStanding(
            isMine: isMine == 1, cursor: cursor, rounds: Int(rounds), isComplete: isComplete == 1)
    }

    package func advance(
        _ move: EncoderMove, by replica: String, to cursor: String
    ) async throws(CacheStoreError) -> Bool {
        try await run(ReembeddingScripts.advance, move, by: replica, last: [.string(cursor)]).integer == 1
    }

    package func endRound(
        of move: EncoderMove, by replica: String, isComplete: Bool, rest: Duration?
    ) async throws(CacheStoreError) -> Bool {
        let pause = rest.map { max(1, Int($0 / .milliseconds(1))) } ?? 0
        let last: [RedisArgument] = [.integer(isComplete ? 1 : 0), .integer(pause)]
        return try await run(ReembeddingScripts.endRound, move, by: replica, last: last).integer == 1
    }

    private func run(
        _ script: RedisScript, _ move: EncoderMove, keys: [String] = [], by replica: String,
        last: [RedisArgument] = []
    ) async throws(CacheStoreError) -> RedisReply {
        let first: [RedisArgument] = [
            .string(replica), .integer(ReembeddingScripts.leaseMilliseconds), .string(move.present.description),
        ]
        return try await store.run(
            script, keys: [Keyspace.moveLease, Keyspace.move(from: move.former)] + keys, arguments: first + last)
    }

    // MARK: - Entries

    package func step(of move: EncoderMove, from cursor: String) async throws(CacheStoreError) -> FormerStep {
        let listed = try await feed.listed(from: cursor, atLeast: 1, encoder: move.former)
        let replies = try await store.send(listed.entries.map { Self.read($0.entry, in: $0.partition) })
        var step = FormerStep(next: listed.next)
        var all: [Standing] = []
        for (place, reply) in zip(listed.entries, replies) {
            do throws(EntryFault) {
                let values = reply.array
                guard let found = try standing(values, place.entry, in: place.partition, of: move) else { continue }
                all.append(found)
            } catch {
                // Mirrors have counted it.
                step.skipped[.unreadable, default: 0] += 1
            }
        }
        try await hearPurges(of: Set(all.map(\.tenant)))
        for found in all {
            if try await !store.isCurrent(found.entry, of: found.tenant) {
                step.skipped[.purged, default: 0] += 1
            } else if let question = found.entry.question, let distractors = try await distractors(of: found.entry) {
                step.entries.append(
                    FormerEntry(
                        entry: found.entry, question: question, distractors: distractors, stamp: found.stamp))
            } else {
                step.skipped[.unasked, default: 0] += 1
            }
        }
        return step
    }

    /// Asks for the newest purges, behind the entries: of one that is of a later purge than was heard of, it could not
    /// be told whether the store has lost some.
    private func hearPurges(of tenants: Set<TenantID>) async throws(CacheStoreError) {
        let tenants = Array(tenants)
        let replies = try await store.send(tenants.map { RedisCacheStore.newest(of: $0) })
        for (tenant, reply) in zip(tenants, replies) { try await store.hear(reply.integer, of: tenant) }
    }

    private static func read(_ entry: EntryID, in partition: PartitionID) -> RedisCommand {
        var command = RedisCommand("HMGET", capacity: 128)
        command.append(Keyspace.entry(entry, in: partition))
        for field in fields { command.append(field) }
        return command
    }

    /// Nil for what is gone, or is no longer the former encoder's.
    private func standing(
        _ values: [RedisReply]?, _ id: EntryID, in partition: PartitionID, of move: EncoderMove
    ) throws(EntryFault) -> Standing? {
        guard let values, values.count == Self.fields.count, let encoder = values[2].bytes,
            values[2].string == move.former.description
        else { return nil }
        guard let mirrored = values[3].bytes, let written = values[1].bytes else { throw .damaged }
        let part = try MirroredPart(
            mirrored, id: id, partition: partition, encoder: encoder, seals: store.codec.seals)
        let tenant = part.labels?.tenant ?? .open
        guard let head = try store.codec.head(values, id: id, partition: partition, tenant: tenant) else { return nil }
        let entry = StoredEntry(
            id: id, partition: partition, question: part.question, answer: ByteBuffer(), model: head.model,
            usage: nil, created: head.created, expires: part.expires, vector: nil,
            labels: head.labels.map { EntryLabels(text: $0) }, generation: head.generation, curation: head.curation)
        return Standing(entry: entry, tenant: tenant, stamp: [mirrored, written])
    }

    /// The texts of the distractors of an entry, from the record of its answer; nil where that is gone.
    private func distractors(of entry: StoredEntry) async throws(CacheStoreError) -> [String]? {
        guard let curation = entry.curation, !curation.distractors.isEmpty else { return [] }
        guard let labels = entry.labels?.labels else { return nil }
        let shelf = CuratedShelf(
            partition: entry.partition, tenant: labels.tenant, namespace: labels.namespace, model: labels.model)
        let command = RedisCacheStore.read(CuratedRecordCodec.allFields, of: curation.answer, on: shelf)
        let values = try await store.send([command]).first?.array
        guard let record = CuratedRecordCodec(store.codec, shelf).record(values, id: curation.answer),
            let answer = try? CuratedAnswer(json: record.line),
            answer.distractors.count == curation.distractors.count
        else { return nil }
        return answer.distractors
    }

    package func write(
        _ entry: FormerEntry, _ vectors: [EmbeddingVector], of move: EncoderMove
    ) async throws(CacheStoreError) -> Bool {
        let (id, partition) = (entry.entry.id, entry.entry.partition)
        let arguments: [RedisArgument] = [
            .string(id.description), .string(partition.description), .integer(CacheScripts.logLifeMilliseconds),
            .bytes(partition.bytes), .string(move.former.description),
        ]
        let fields = try store.codec.fields(of: entry, vectors, encoder: move.present)
        let reply = try await store.run(
            ReembeddingScripts.replace, keys: [Keyspace.entry(id, in: partition), Keyspace.log(of: partition)],
            arguments: arguments + entry.stamp.map { RedisArgument.buffer($0) }
                + [.integer(Int(entry.entry.expires.milliseconds))] + fields)
        return reply.integer == 1
    }
}
