import GatewayCore
import GatewayTesting
import RedisClient
import SemanticCache
import Testing

@testable import RedisStores

@Suite("Accused answers in Redis", .timeLimit(.minutes(2)))
struct RedisAccusationTests {
    private static let seals = EntrySeals(
        common: Secret("a secret of at least 32 characters"),
        tenants: [(.open, nil), (TenantID("acme"), nil)])

    @Test(
        "It does what every store of accusations must do", arguments: AccusationStoreSuite.Guarantee.allCases,
        [false, true])
    func conformance(guarantee: AccusationStoreSuite.Guarantee, isSealed: Bool) async throws {
        try await withRedis { _, client in
            let clock = SettableClock()
            let codec = EntryCodec(seals: isSealed ? Self.seals : .none)
            let store = RedisCacheStore(redis: client, codec: codec) { clock.now }
            let feed = RedisChangeFeed(redis: client, codec: codec)
            try await AccusationStoreSuite(store: store, feed: feed, clock: clock).verify(guarantee)
            #expect(codec.faults.all.isEmpty)
        }
    }

    @Test("Vetoes come with the same one command that reads an answer, also where entries share it, and end with it")
    func onTheWay() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            let samples = SampleEntries()
            let shared = EncodedEntry.completion(3_000)
            for number in [1, 2] { try await store.save(samples.entry(number, answer: shared, life: .seconds(60))) }
            let entry = samples.entry(1, answer: shared, life: .seconds(60))
            let accusation = EntryAccusation(
                entry: entry.id, partition: entry.partition, created: entry.created, question: SampleEntries.id(7),
                accuser: nil)
            #expect(try await store.accuse(accusation, of: .open) == .noted)
            #expect(try await store.load(entry.id, in: entry.partition, of: .open)?.vetoes == [SampleEntries.id(7)])
            let key = Keyspace.entry(entry.id, in: entry.partition)
            let life = try #require(Int(server.cli("PTTL", key)))
            #expect(life > 0 && life <= 60_000)
            // Cut in Redis, what is left of it counts.
            _ = try await client.send(RedisCommand("HSET", .string(key), "no", .bytes(Array(repeating: 1, count: 9))))
            #expect(try await store.load(entry.id, in: entry.partition, of: .open)?.vetoes == [])
        }
    }
}
