import GatewayCore
import GatewayTesting
import NIOCore
import RedisClient
import SemanticCache
import Testing

@testable import RedisStores

@Suite("Verified questions in Redis", .timeLimit(.minutes(2)))
struct RedisAliasTests {
    private static let seals = EntrySeals(
        common: Secret("a secret of at least 32 characters"),
        tenants: [(.open, nil), (TenantID("acme"), nil)])
    private let samples = SampleEntries()

    private func alias(of entry: StoredEntry) -> EntryAlias {
        EntryAlias(
            id: SampleEntries.id(2), partition: entry.partition, question: "q", vector: nil, entry: entry.id,
            entryCreated: entry.created, provenance: "right_judge")
    }

    @Test(
        "It does what every store of aliases must do", arguments: AliasStoreSuite.Guarantee.allCases, [false, true])
    func conformance(guarantee: AliasStoreSuite.Guarantee, isSealed: Bool) async throws {
        try await withRedis { _, client in
            let clock = SettableClock()
            let codec = EntryCodec(seals: isSealed ? Self.seals : .none)
            let store = RedisCacheStore(redis: client, codec: codec) { clock.now }
            let feed = RedisChangeFeed(redis: client, codec: codec)
            try await AliasStoreSuite(store: store, feed: feed, clock: clock).verify(guarantee)
            #expect(codec.faults.all.isEmpty)
        }
    }

    @Test("An alias has no answer of its own, names its entry in its head alone, and lives as long as that")
    func fields() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            let entry = samples.entry(1, life: .seconds(60))
            try await store.save(entry)
            let alias = alias(of: entry)
            #expect(try await store.promote(alias, of: .open))
            let key = Keyspace.entry(alias.id, in: alias.partition)
            let fields = try server.cli("HKEYS", key).split(separator: "\n")
            #expect(Set(fields) == ["v", "p", "h", "m", "al"])
            #expect(try server.cli("HGET", key, "v") == "3")
            #expect(try server.cli("HGET", key, "al") == "1")
            let envelope = try #require(try await client.send(RedisCommand("HGET", .string(key), "h")).bytes)
            let head = try EntryHead(EntryEnvelope.open(envelope, .head(alias.id, alias.partition), seal: nil))
            guard case .alias(let origin) = head.body else {
                Issue.record("expected an alias")
                return
            }
            #expect(origin.entry == entry.id && head.created == entry.created && origin.provenance == "right_judge")
            #expect(origin.labels == EntryLabels(CacheLabels()))
            #expect(try await origin.generation == store.generation(of: .open))
            let life = try #require(Int(server.cli("PTTL", key)))
            #expect(life <= 60_000 && life > 30_000)
        }
    }

    @Test("It is kept as long as its entry may stand in for a provider, and counts as that entry's answer")
    func freshnessAndGroup() async throws {
        try await withRedis { server, client in
            let codec = EntryCodec(seals: Self.seals)
            let store = RedisCacheStore(redis: client, codec: codec)
            let created = UnixTime.now()
            var entry = samples.entry(
                1, life: .seconds(60), freshness: EntryFreshness(kept: created + .seconds(600)))
            entry.group = 0xF00D_F00D_F00D_F00D
            try await store.save(entry)
            let alias = EntryAlias(
                id: SampleEntries.id(2), partition: entry.partition, question: nil,
                features: GuardFeatures(text: "q").encoded,
                vector: EntryVector(encoder: samples.encoder, embedding: samples.vector(2)), entry: entry.id,
                entryCreated: entry.created, provenance: "right_judge")
            #expect(try await store.promote(alias, of: .open))
            let life = try #require(Int(server.cli("PTTL", Keyspace.entry(alias.id, in: alias.partition))))
            #expect(life <= 600_000 && life > 300_000)
            let mirrored = try await RedisChangeFeed(redis: client, codec: codec).mirrored(
                [(alias.id, alias.partition)], encoder: samples.encoder)
            #expect(mirrored.first?.group == entry.group && mirrored.first?.question == nil)
        }
    }

    @Test("A large answer is served under its other name, alone and shared; its copies are none the more")
    func large() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            let entry = samples.entry(1, answer: EncodedEntry.completion(3_000))
            try await store.save(entry)
            let alias = alias(of: entry)
            #expect(try await store.promote(alias, of: .open))
            for isShared in [false, true] {
                if isShared { try await store.save(samples.entry(3, answer: EncodedEntry.completion(3_000))) }
                let found = try await store.load(alias.id, in: alias.partition)
                #expect(found?.id == entry.id && found?.answer == entry.answer)
            }
            let answers = try server.cli("KEYS", "rf:{*}:a:*").split(separator: "\n").map(String.init)
            let only = try #require(answers.count == 1 ? answers.first : nil)
            // Two entries, and what they share.
            #expect(try server.cli("HLEN", only) == "3")
        }
    }

    @Test("An answer made anew is not stored where the one before was deleted and an alias stands")
    func refreshed() async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            let refreshes = RedisRefreshStore(store)
            let (entry, other) = (samples.entry(1), samples.entry(2))
            try await store.save(entry)
            try await store.save(other)
            let claim = try await refreshes.claim(
                other.id, in: other.partition, seen: other.created, for: .seconds(30))
            guard case .granted(let lease) = claim else {
                Issue.record("expected a lease")
                return
            }
            try await store.delete(other.id, in: other.partition)
            #expect(try await store.promote(alias(of: entry), of: .open))
            #expect(try await !refreshes.save(other, under: lease))
            #expect(try await store.load(other.id, in: other.partition)?.id == entry.id)
        }
    }

    @Test("Operators see an alias under its own question with its entry's answer, and can delete it")
    func catalog() async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            let catalog = RedisEntryCatalog(redis: client, store: store)
            let entry = samples.entry(1)
            try await store.save(entry)
            let alias = alias(of: entry)
            #expect(try await store.promote(alias, of: .open))
            let seen = try #require(try await catalog.entry(alias.id))
            #expect(seen.id == alias.id && seen.question == "q" && seen.answer == entry.answer)
            let deleted = try await catalog.walk(.open) { $0.question == "q" }
            #expect(deleted == 1)
            #expect(try await catalog.entry(alias.id) == nil)
            #expect(try await store.load(entry.id, in: entry.partition) != nil)
        }
    }

    @Test("A purge of who asked deletes the name with its question, and no other's; operators see what it stands for")
    func asker() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            let catalog = RedisEntryCatalog(redis: client, store: store)
            let entry = samples.entry(1)
            try await store.save(entry)
            for (number, person) in [(2, "ann"), (3, "bob")] {
                let alias = EntryAlias(
                    id: SampleEntries.id(number), partition: entry.partition, question: "q", vector: nil,
                    entry: entry.id, entryCreated: entry.created, provenance: "right_judge",
                    labels: EntryLabels(CacheLabels(principal: person)))
                #expect(try await store.promote(alias, of: .open))
            }
            let seen = try #require(try await catalog.entry(SampleEntries.id(2))?.alias)
            #expect(seen.entry == entry.id && seen.provenance == "right_judge")
            let scope = PurgeScope.principal("ann")
            let ended = PurgeRecord(ending: scope, at: try await store.purge(scope, of: .open))
            #expect(try await catalog.walk(.open) { ended.verdict(on: $0) == .purged } == 1)
            let keys = [2, 3, 1].map { Keyspace.entry(SampleEntries.id($0), in: entry.partition) }
            #expect(try keys.map { try server.cli("EXISTS", $0) } == ["0", "1", "1"])
            #expect(try await store.load(SampleEntries.id(3), in: entry.partition)?.id == entry.id)
        }
    }

    @Test("What is changed or cut in the head of an alias is a miss, never another entry")
    func damaged() throws {
        let codec = EntryCodec()
        let entry = EncodedEntry.sample()
        let arguments = try codec.fields(of: alias(of: entry), for: entry)
        let head = try #require(EncodedEntry(fields: arguments).fields["h"])
        for place in 0..<head.readableBytes {
            for cut in [false, true] {
                var bytes = Array(head.readableBytesView)
                if cut { bytes.removeLast(bytes.count - place) } else { bytes[place] ^= 1 }
                let values: [RedisReply] = [
                    .bulk(ByteBuffer(string: "3")), .bulk(ByteBuffer(bytes: bytes)), .null, .null, .null,
                ]
                let standing = codec.standing(
                    values, id: SampleEntries.id(2), partition: entry.partition, tenant: EncodedEntry.tenant,
                    now: .now())
                #expect(standing == nil)
            }
        }
    }
}
