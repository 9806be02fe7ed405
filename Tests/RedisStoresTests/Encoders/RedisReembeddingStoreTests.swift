import GatewayCore
import GatewayTesting
import NIOCore
import RedisClient
import SemanticCache
import Testing

@testable import RedisStores

@Suite("Moves between encoders in Redis", .timeLimit(.minutes(2)))
struct RedisReembeddingStoreTests: CuratedSuite {
    private let present = ReembeddingStoreSuite.present
    private var move: EncoderMove { EncoderMove(from: samples.encoder, to: present) }

    /// What one round over few keys finds.
    private func step(_ moves: RedisReembeddingStore) async throws -> (entries: [FormerEntry], skipped: [String: Int]) {
        var (entries, skipped, cursor): ([FormerEntry], [String: Int], String) = ([], [:], "0")
        repeat {
            let step = try await moves.step(of: move, from: cursor)
            entries += step.entries
            for (outcome, count) in step.skipped { skipped[outcome.rawValue, default: 0] += count }
            cursor = step.next
        } while cursor != "0"
        return (entries, skipped)
    }

    private func mirrored(
        _ entry: StoredEntry, by encoder: EncoderIdentity, _ client: RedisClient, codec: EntryCodec = EntryCodec()
    ) async throws -> [MirroredEntry] {
        try await RedisChangeFeed(redis: client, codec: codec).mirrored(
            [(entry: entry.id, partition: entry.partition)], encoder: encoder)
    }

    @Test("It does what every store of moves must do", arguments: ReembeddingStoreSuite.Guarantee.allCases)
    func conformance(guarantee: ReembeddingStoreSuite.Guarantee) async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            try await ReembeddingStoreSuite(RedisReembeddingStore(store), over: store).verify(guarantee)
        }
    }

    @Test("Keys are those the keyspace documents; the lease ends by itself, and another replica goes on from there")
    func keysAndLives() async throws {
        try await withRedis { server, client in
            let moves = RedisReembeddingStore(RedisCacheStore(redis: client))
            _ = try await moves.claim(move, by: "a")
            #expect(try await moves.advance(move, by: "a", to: "7"))
            let keys = try server.cli("KEYS", "*").split(separator: "\n")
            #expect(Set(keys) == ["rf:{re}:lease", "rf:{re}:m:sample#f00d/16"])
            let life = try #require(Int(server.cli("PTTL", "rf:{re}:lease")))
            #expect(life <= 30_000 && life > 20_000)
            #expect(try server.cli("PEXPIRE", "rf:{re}:lease", "1") == "1")
            try await eventually { try await moves.claim(move, by: "b").isMine }
            #expect(try await moves.claim(move, by: "b").cursor == "7")
            #expect(try await !moves.advance(move, by: "a", to: "9"))
        }
    }

    @Test("An entry gets another vector in its place: all other fields and its life stay, and the log tells mirrors")
    func inPlace() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            let moves = RedisReembeddingStore(store)
            let entry = samples.entry(7, life: .seconds(60))
            try await store.save(entry)
            let key = Keyspace.entry(entry.id, in: entry.partition)
            func fields() async throws -> [String: ByteBuffer] {
                let values = try await client.send(RedisCommand("HGETALL", .string(key))).expectArray()
                return stride(from: 0, to: values.count, by: 2).reduce(into: [:]) { fields, place in
                    fields[values[place].string ?? ""] = values[place + 1].bytes
                }
            }
            let before = try await fields()
            let former = try #require(try await step(moves).entries.first)
            #expect(try await moves.write(former, [samples.vector(9)], of: move))
            let after = try await fields()
            #expect(Set(before.keys) == Set(after.keys))
            for (name, value) in before where name != "enc" && name != "m" { #expect(after[name] == value) }
            let life = try #require(Int(server.cli("PTTL", key)))
            #expect(life <= 60_000 && life > 30_000)
            let words = try server.cli("XRANGE", Keyspace.log(of: entry.partition), "-", "+").split(separator: "\n")
            #expect(words.count { $0 == "add" } == 2)
            let mirrored = try await mirrored(entry, by: present, client)
            #expect(mirrored.map(\.embedding) == [samples.vector(9)])
            #expect(mirrored.map(\.question) == [entry.question] && mirrored.map(\.expires) == [entry.expires])
            #expect(try await self.mirrored(entry, by: samples.encoder, client).isEmpty)
        }
    }

    @Test("Encrypted entries stay encrypted with their tenant's key; another key's are counted and left alone")
    func sealed() async throws {
        try await withRedis { _, client in
            let codec = EntryCodec(seals: EncodedEntry.seals)
            let store = RedisCacheStore(redis: client, codec: codec)
            var entry = EncodedEntry.sample()
            entry.generation = try await store.generation(of: tenant)
            try await store.save(entry)
            let other = EntrySeals(
                common: nil, tenants: [(tenant, Secret("another secret of 32 characters!"))])
            let strange = RedisReembeddingStore(RedisCacheStore(redis: client, codec: EntryCodec(seals: other)))
            let refused = try await step(strange)
            #expect(refused.entries.isEmpty && refused.skipped == ["unreadable": 1])
            let moves = RedisReembeddingStore(store)
            let former = try #require(try await step(moves).entries.first)
            #expect(try await moves.write(former, [samples.vector(9)], of: move))
            let mirrored = try await mirrored(entry, by: present, client, codec: codec)
            #expect(mirrored.map(\.embedding) == [samples.vector(9)])
            #expect(try await self.mirrored(entry, by: present, client).isEmpty, "not without the key")
            let kept = try await store.load(entry.id, in: entry.partition, of: tenant)
            #expect(kept?.answer == entry.answer && kept?.labels == entry.labels)
        }
    }

    @Test("What is damaged, purged, or has no question is counted by why, and stays")
    func skipped() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            let moves = RedisReembeddingStore(store)
            var unasked = samples.entry(1)
            (unasked.question, unasked.features) = (nil, GuardFeatures(text: "What is number 1?").encoded)
            try await store.save(unasked)
            try await store.save(samples.labelled(2, labels: CacheLabels(tags: ["old"]), at: nil))
            _ = try await store.purge(.tag("old"), of: .open)
            for number in 3...4 { try await store.save(samples.entry(number)) }
            let damaged = Keyspace.entry(SampleEntries.id(3), in: SampleEntries.partition(1))
            _ = try server.cli("HSET", damaged, "m", "?")
            let found = try await step(moves)
            #expect(found.entries.map(\.entry.id) == [SampleEntries.id(4)])
            #expect(found.skipped == ["no_question": 1, "purged": 1, "unreadable": 1])
            #expect(try server.cli("HGET", damaged, "enc") == samples.encoder.description)
        }
    }

    @Test("A curated answer stays one, and its distractors get vectors of the same encoder")
    func curated() async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client, codec: EntryCodec(seals: EncodedEntry.seals))
            let moves = RedisReembeddingStore(store)
            let line = try CuratedAnswer(
                id: "a", question: "What is number 1?", answer: "A.", distractors: ["Not this?", "Nor that?"])
            let generation = try await store.generation(of: tenant)
            let entry = StoredEntry(
                id: SampleEntries.id(1), partition: shelf.partition, question: line.question,
                answer: EncodedEntry.completion(3_000), model: "m", usage: nil, created: .now(),
                expires: Curation.forever,
                vector: EntryVector(encoder: samples.encoder, embedding: samples.vector(1)),
                labels: EntryLabels(labels()), generation: generation, curation: curation(of: "a"))
            let record = CuratedRecord(
                id: "a", line: line.json, digest: "d", entries: [entry.id], labels: EntryLabels(labels()),
                created: .now(), expires: Curation.forever, generation: generation)
            #expect(try await store.put(record, [entry], on: shelf) == nil)
            let former = try #require(try await step(moves).entries.first)
            #expect(former.texts == ["What is number 1?", "Not this?", "Nor that?"])
            await #expect(throws: CacheStoreError.self) {
                try await moves.write(former, [samples.vector(5)], of: move)
            }
            #expect(try await moves.write(former, (5...7).map { samples.vector($0) }, of: move))
            let kept = try #require(try await store.load(entry.id, in: entry.partition, of: tenant))
            #expect(kept.answer == entry.answer && kept.expires == Curation.forever)
            #expect(
                kept.curation == Curation(
                    answer: "a", distractors: [samples.vector(6), samples.vector(7)], encoder: present.description))
            #expect(try await stands("a", [1], store))
            _ = try await put("b", [2], in: store)
            #expect(try await step(moves).skipped == ["no_question": 1], "its record does not tell its distractors")
        }
    }

    @Test("Another name of an entry is found by the present encoder, too")
    func alias() async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            let moves = RedisReembeddingStore(store)
            let entry = samples.entry(1)
            try await store.save(entry)
            let alias = EntryAlias(
                id: SampleEntries.id(2), partition: entry.partition, question: "q",
                vector: EntryVector(encoder: samples.encoder, embedding: samples.vector(2)), entry: entry.id,
                entryCreated: entry.created, provenance: "right_judge")
            #expect(try await store.promote(alias, of: .open))
            for former in try await step(moves).entries {
                #expect(try await moves.write(former, [samples.vector(9)], of: move))
            }
            #expect(try await store.load(alias.id, in: alias.partition)?.id == entry.id)
            let mirrored = try await RedisChangeFeed(redis: client).mirrored(
                [(entry: alias.id, partition: alias.partition)], encoder: present)
            #expect(mirrored.map(\.question) == ["q"])
            // Mirrors are told of both by the roster, too.
            let feed = RedisChangeFeed(redis: client)
            let shard = entry.partition.shard(of: Keyspace.shards)
            let told = try await feed.sums(at: feed.head(), encoder: present)[shard].sum
            let halves = [entry.id, alias.id].map { $0.bytes.prefix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) } }
            #expect(told == IndexSum(count: 2, ids: halves[0] ^ halves[1]))
        }
    }

    @Test("A tenant's account holds what longer vectors take")
    func counted() async throws {
        try await withRedis { server, client in
            var rules = QuotaRules()
            (rules.tenants, rules.own) = ([.open], [.open: 1 << 20])
            let store = RedisCacheStore(redis: client, quotas: QuotaBook(rules))
            let moves = RedisReembeddingStore(store)
            try await store.save(samples.entry(1))
            let long = EncoderIdentity(name: "next", fingerprint: "cafe", dimension: 64)
            var generator = SeededGenerator(seed: 1)
            let vector = SampleEntries.vector(dimension: 64, using: &generator)
            func bytes() throws -> Int { Int(try server.cli("HGET", "rf:{01}:use:default", "t")) ?? 0 }
            let before = try bytes()
            let aside = EncoderMove(from: samples.encoder, to: long)
            let former = try #require(try await step(moves).entries.first)
            #expect(try await moves.write(former, [vector], of: aside))
            // 48 components of 4 bytes more; the encoders' names differ by two characters.
            #expect(try bytes() == before + 48 * 4 - 2)
        }
    }
}
