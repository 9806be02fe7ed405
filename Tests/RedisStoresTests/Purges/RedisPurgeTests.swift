import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import RedisClient
import SemanticCache
import Testing

@testable import RedisStores

@Suite("Purges in Redis", .timeLimit(.minutes(2)))
struct RedisPurgeTests {
    private let samples = SampleEntries()
    private let tenant = TenantID("acme")
    private var key: String { "rf:gen:{acme}" }

    private func entry(_ number: Int, tags: [String] = [], at generation: CacheGeneration? = nil) -> StoredEntry {
        samples.labelled(
            number, in: UInt8(truncatingIfNeeded: number),
            labels: CacheLabels(tenant: tenant, model: "m", tags: tags), at: generation)
    }

    private func holds(_ entry: StoredEntry, _ store: RedisCacheStore) async throws -> Bool {
        try await store.load(entry.id, in: entry.partition, of: tenant) != nil
    }

    @Test("A purge is one field of the tenant's hash, and a line of the log without the word it is about")
    func fields() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            let first = try await store.generation(of: tenant)
            #expect(try server.cli("HGET", key, "v") == "\(first)")
            #expect(try server.cli("HGET", key, "all") == "\(first)")
            let second = try await store.purge(.tag("faq"), of: tenant)
            #expect(second > first)
            #expect(try server.cli("HGET", key, "v") == "\(second)")
            #expect(try server.cli("HGET", key, "all") == "\(first)")
            #expect(try server.cli("HGET", key, "tag:faq") == "\(second)")
            #expect(try server.cli("TTL", key) == "-1")
            let feed = RedisChangeFeed(redis: client)
            let head = FeedPosition(lastSeen: Array(repeating: "0-0", count: Keyspace.shards))
            let changes = try await feed.changes(after: head, wait: .milliseconds(50)).changes
            #expect(changes == [.purged(tenant, second)])
            #expect(try !server.cli("XRANGE", Keyspace.purgeLog, "-", "+").contains("faq"))
        }
    }

    @Test("Another replica serves nothing of it from then on, whatever it knew, and asks twice at most once")
    func otherReplica() async throws {
        try await withRedis { server, client in
            let (one, other) = (RedisCacheStore(redis: client), RedisCacheStore(redis: client))
            let (tagged, plain) = (entry(1, tags: ["a"]), entry(2))
            for entry in [tagged, plain] { try await one.save(entry) }
            #expect(try await holds(tagged, other))
            #expect(try await holds(plain, other))
            _ = try await one.purge(.tag("a"), of: tenant)
            #expect(try await !holds(tagged, other))
            #expect(try await holds(plain, other))
            func calls(_ command: String) throws -> Int {
                let stats = try server.cli("INFO", "commandstats").split(whereSeparator: \.isNewline)
                let line = stats.first { $0.hasPrefix("cmdstat_\(command):") } ?? ""
                return Int(line.drop { $0 != "=" }.dropFirst().prefix { $0 != "," }) ?? 0
            }
            let (whole, single) = (try calls("hmget"), try calls("hget"))
            for _ in 0..<10 { #expect(try await holds(plain, other)) }
            #expect(try calls("hmget") == whole + 10)
            #expect(try calls("hget") == single + 10)
        }
    }

    @Test("With the purges lost or evicted nothing from before is served, and what is asked for since is")
    func lost() async throws {
        try await withRedis { server, client in
            let (one, other) = (RedisCacheStore(redis: client), RedisCacheStore(redis: client))
            let old = entry(1, tags: ["a"])
            try await one.save(old)
            _ = try await one.purge(.tag("a"), of: tenant)
            #expect(try server.cli("DEL", key) == "1")
            for store in [one, other, RedisCacheStore(redis: client)] { #expect(try await !holds(old, store)) }
            let fresh = entry(2, at: try await other.generation(of: tenant))
            try await other.save(fresh)
            for store in [one, other] { #expect(try await holds(fresh, store)) }
        }
    }

    @Test("An older copy of the purges is found out by who has seen a newer one, and then serves nothing from before")
    func rolledBack() async throws {
        try await withRedis { server, client in
            let (one, other) = (RedisCacheStore(redis: client), RedisCacheStore(redis: client))
            let old = entry(1, tags: ["a"])
            try await one.save(old)
            let before = try server.cli("HGET", key, "v")
            _ = try await one.purge(.tag("a"), of: tenant)
            // What a copy from before the purge holds.
            _ = try server.cli("HSET", key, "v", before)
            _ = try server.cli("HDEL", key, "tag:a")
            await one.reassert()
            #expect(try await !holds(old, other))
            #expect(try await !holds(old, one))
        }
    }

    @Test("Too many names are let go, and everything from before with them")
    func limit() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            let old = entry(1)
            try await store.save(old)
            let script = """
                for number = 1, \(PurgeScripts.fieldsLimit) do redis.call('HSET', KEYS[1], 'tag:' .. number, 1) end
                """
            _ = try server.cli("EVAL", script, "1", key)
            #expect(try await holds(old, store))
            _ = try await store.purge(.tag("x"), of: tenant)
            #expect(try await !holds(old, store))
            #expect(try server.cli("HLEN", key) == "3")
        }
    }

    @Test("Of purges that meet each has a number of its own")
    func concurrent() async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            let tenant = tenant
            let numbers = try await withThrowingTaskGroup(of: CacheGeneration.self) { group in
                for tag in 0..<200 { group.addTask { try await store.purge(.tag("t\(tag)"), of: tenant) } }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(numbers.count == 200)
            #expect(try await store.generation(of: tenant) == numbers.max())
        }
    }

    @Test("A walk sees the tenant's entries and no other's, and deletes what it is told to")
    func walk() async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            let catalog = RedisEntryCatalog(redis: client, store: store)
            for number in 0..<300 { try await store.save(entry(number, tags: number % 3 == 0 ? ["third"] : [])) }
            try await store.save(samples.entry(1000))
            let seen = NIOLockedValueBox<Set<EntryID>>([])
            #expect(try await catalog.walk(tenant) { entry in
                seen.withLockedValue { _ = $0.insert(entry.id) }
                return false
            } == 0)
            #expect(seen.withLockedValue { $0.count } == 300)
            let deleted = try await catalog.walk(tenant) { $0.labels?.labels?.tags == ["third"] }
            #expect(deleted == 100)
            #expect(try await !holds(entry(3), store))
            #expect(try await holds(entry(4), store))
            #expect(try await catalog.partition(of: SampleEntries.id(4)) == entry(4).partition)
            #expect(try await catalog.partition(of: SampleEntries.id(3)) == nil)
            let questions = try await catalog.questions(
                of: [3, 4].map { (SampleEntries.id($0), entry($0).partition) })
            #expect(questions == [nil, "What is number 4?"])
        }
    }
}
