import GatewayCore
import GatewayTesting
import NIOCore
import RedisClient
import SemanticCache
import Testing

@testable import RedisStores

@Suite("Answers in Redis", .timeLimit(.minutes(2)))
struct RedisCacheStoreTests {
    private let samples = SampleEntries()

    @Test("It does what every store must do", arguments: CacheStoreSuite.Guarantee.allCases)
    func conformance(guarantee: CacheStoreSuite.Guarantee) async throws {
        try await withRedis { _, client in
            let clock = SettableClock()
            let store = RedisCacheStore(redis: client) { clock.now }
            try await CacheStoreSuite(store: store, feed: RedisChangeFeed(redis: client), clock: clock)
                .verify(guarantee)
        }
    }

    @Test("An entry's keys are those the keyspace documents, all of one hash tag, and live as long as they should")
    func keysAndLives() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            let entry = samples.entry(0x0403_0201, in: 0x45)
            try await store.save(entry)
            // 0x45 modulo 64 is 5.
            let key = "rf:{05}:e:01020304010203040102030401020304"
            #expect(try Set(server.cli("KEYS", "*").split(separator: "\n")) 
                == [
                    Substring(key), "rf:{05}:log", "rf:{05}:ids:sample#f00d/16", "rf:{05}:sum:sample#f00d/16",
                    "rf:gen:{default}",
                ])
            #expect(try server.cli("TYPE", key) == "hash")
            let life = try #require(Int(server.cli("PTTL", key)))
            #expect(life <= 3_600_000 && life > 3_400_000)
            let fields = try server.cli("HKEYS", key).split(separator: "\n")
            #expect(Set(fields) == ["v", "p", "h", "g", "x", "enc", "m"])
            #expect(try server.cli("HGET", key, "v") == "3")
            let log = try server.cli("XRANGE", "rf:{05}:log", "-", "+").split(separator: "\n").dropFirst()
            let partition = String(repeating: "45", count: 32)
            #expect(Array(log) == ["op", "add", "e", "01020304010203040102030401020304", "p", Substring(partition)])
        }
    }

    @Test("A lasting entry is no error, and one saved after its expiry is gone at once")
    func extremeLives() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            let late = samples.entry(1, life: .seconds(-10))
            try await store.save(late)
            #expect(try await store.load(late.id, in: late.partition) == nil)
            #expect(try server.cli("EXISTS", Keyspace.entry(late.id, in: late.partition)) == "0")
            let lasting = samples.entry(2, life: .seconds(100 * 365 * 86_400))
            try await store.save(lasting)
            #expect(try await store.load(lasting.id, in: lasting.partition)?.expires == lasting.expires)
        }
    }

    @Test("The log is trimmed to an hour and never holds a question, an answer or a vector")
    func logTrimming() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            let log = Keyspace.log(of: SampleEntries.partition(1))
            // Two hours old; trimming is by whole nodes of a hundred.
            let old = UnixTime.now().milliseconds - 2 * 3_600_000
            for number in 0..<500 {
                _ = try await client.send(
                    RedisCommand("XADD", .string(log), .string("\(old + Int64(number))-0"), "op", "add"))
            }
            for number in 0..<300 { try await store.save(samples.entry(number)) }
            let length = try #require(Int(server.cli("XLEN", log)))
            #expect(length >= 300 && length <= 400)
            let lines = try await client.send(RedisCommand("XRANGE", .string(log), "-", "+")).expectArray()
            for line in lines.suffix(300) {
                let fields = line.array?.last?.array ?? []
                #expect(fields.count == 6)
                #expect(fields.compactMap { $0.bytes?.readableBytes }.max() == 64)
            }
        }
    }

    @Test("What stands under a key and is no hash is a miss and counted, and saving or deleting clears it")
    func wrongType() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            let entry = samples.entry(1)
            let key = Keyspace.entry(entry.id, in: entry.partition)
            _ = try server.cli("SET", key, "no entry")
            #expect(try await store.load(entry.id, in: entry.partition) == nil)
            #expect(store.codec.faults.all == [.foreign: 1])
            try await store.save(entry)
            #expect(try await store.load(entry.id, in: entry.partition)?.answer == entry.answer)
            _ = try server.cli("SET", key, "no entry")
            try await store.delete(entry.id, in: entry.partition)
            #expect(try server.cli("EXISTS", key) == "0")
        }
    }

    @Test("If the log cannot be told, nothing is stored and nothing deleted")
    func allOrNothing() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            let (first, second) = (samples.entry(1), samples.entry(2))
            try await store.save(first)
            _ = try server.cli("SET", Keyspace.log(of: first.partition), "no log")
            await #expect(throws: CacheStoreError.self) { try await store.save(second) }
            #expect(try server.cli("EXISTS", Keyspace.entry(second.id, in: second.partition)) == "0")
            await #expect(throws: CacheStoreError.self) {
                try await store.delete(first.id, in: first.partition)
            }
            #expect(try await store.load(first.id, in: first.partition)?.answer == first.answer)
        }
    }

    @Test("A server that went away is `unavailable`")
    func away() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            let entry = samples.entry(1)
            try await store.save(entry)
            server.kill()
            let loading = await #expect(throws: CacheStoreError.self) {
                try await store.load(entry.id, in: entry.partition)
            }
            #expect(loading?.code == .unavailable)
            let saving = await #expect(throws: CacheStoreError.self) { try await store.save(entry) }
            #expect(saving?.code == .unavailable)
        }
    }
}
