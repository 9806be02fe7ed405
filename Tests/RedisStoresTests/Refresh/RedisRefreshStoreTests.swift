import GatewayCore
import GatewayTesting
import NIOCore
import RedisClient
import SemanticCache
import Testing

@testable import RedisStores

@Suite("Leases in Redis", .timeLimit(.minutes(2)))
struct RedisRefreshStoreTests {
    private let samples = SampleEntries()

    @Test("It does what every store of leases must do", arguments: RefreshStoreSuite.Guarantee.allCases)
    func conformance(guarantee: RefreshStoreSuite.Guarantee) async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            try await RefreshStoreSuite(RedisRefreshStore(store), over: store).verify(guarantee)
        }
    }

    @Test("A lease stands in its answer's shard and goes by itself; what is stored under it tells the log")
    func keysAndLives() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            let refreshes = RedisRefreshStore(store)
            let entry = samples.entry(0x0403_0201, in: 0x45)
            try await store.save(entry)
            let claim = try await refreshes.claim(
                entry.id, in: entry.partition, seen: entry.created, for: .seconds(30))
            guard case .granted(let lease) = claim else {
                Issue.record("expected a lease")
                return
            }
            let key = "rf:{05}:w:01020304010203040102030401020304"
            #expect(try server.cli("TYPE", key) == "hash")
            let life = try #require(Int(server.cli("PTTL", key)))
            #expect(life <= 630_000 && life > 600_000)
            // Of one slot: a cluster takes no script over keys of several.
            #expect(try await refreshes.save(samples.entry(0x0403_0201, in: 0x45), under: lease))
            let log = try server.cli("XRANGE", "rf:{05}:log", "-", "+").split(separator: "\n")
            #expect(log.count { $0 == "add" } == 2)
            #expect(Set(try server.cli("HKEYS", key).split(separator: "\n")) == ["n", "c"])
        }
    }

    @Test("Numbers of leases grow also when their hash was lost")
    func lost() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            let refreshes = RedisRefreshStore(store)
            let entry = samples.entry(1)
            try await store.save(entry)
            var numbers: [Int64] = []
            for _ in 0..<3 {
                let claim = try await refreshes.claim(
                    entry.id, in: entry.partition, seen: entry.created, for: .seconds(30))
                if case .granted(let lease) = claim { numbers.append(lease.number) }
                _ = try server.cli("DEL", Keyspace.refresh(of: entry.id, in: entry.partition))
            }
            #expect(numbers.count == 3 && numbers == numbers.sorted() && Set(numbers).count == 3)
            #expect(try await !refreshes.save(entry, under: RefreshLease(number: numbers[2])))
        }
    }

    @Test("What an answer's key holds lives as long as it may stand in")
    func keptLonger() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            let now = UnixTime.now()
            let entry = samples.entry(
                1, life: .seconds(100), freshness: EntryFreshness(kept: now + .seconds(5000)))
            try await store.save(entry)
            let key = Keyspace.entry(entry.id, in: entry.partition)
            let life = try #require(Int(server.cli("PTTL", key)))
            #expect(life <= 5_000_000 && life > 4_800_000)
            #expect(try await store.load(entry.id, in: entry.partition)?.freshness == entry.freshness)
            let shown = try await RedisEntryCatalog(redis: client, store: store).entry(entry.id)
            #expect(shown?.freshness == entry.freshness && shown?.question == entry.question)
        }
    }
}
