import GatewayCore
import GatewayTesting
import NIOCore
import RedisClient
import SemanticCache
import Testing

@testable import RedisStores

@Suite("Quotas of tenants", .timeLimit(.minutes(2)))
struct QuotaTests {
    private let tenant = TenantID("acme")

    private func rules(_ bytes: Int) -> QuotaRules {
        var rules = QuotaRules()
        (rules.tenants, rules.own) = ([tenant], [tenant: bytes])
        return rules
    }

    /// A text that hardly gets smaller by compression; of one size always the same.
    private func text(_ size: Int) -> String {
        var random = SeededGenerator(seed: 1)
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
        return String((0..<size).map { _ in letters.randomElement(using: &random) ?? "x" })
    }

    private func entry(
        _ number: Int, in wall: UInt8 = 1, size: Int = 1000, worth: Int = 1000, life: Duration = .seconds(600)
    ) -> StoredEntry {
        var entry = StoredEntry(
            id: SampleEntries.id(number), partition: SampleEntries.partition(wall), question: nil,
            answer: ByteBuffer(string: text(size)), model: nil, usage: nil, created: .now(),
            expires: .now() + life, vector: nil, labels: EntryLabels(CacheLabels(tenant: tenant)))
        entry.worth = worth
        return entry
    }

    private func bytes(_ server: RedisServer, shard: String = "01") throws -> Int {
        Int(try server.cli("HGET", "rf:{\(shard)}:use:acme", "t")) ?? 0
    }

    /// The sum of the lines, which the sum in the ledger must be.
    private func lines(_ server: RedisServer, shard: String = "01") throws -> Int {
        let all = try server.cli("HVALS", "rf:{\(shard)}:use:acme").split(separator: "\n")
        return all.compactMap { $0.contains(":") ? Int($0.prefix { $0 != ":" }) : nil }.reduce(0, +)
    }

    private func isThere(_ number: Int, _ store: RedisCacheStore, in wall: UInt8 = 1) async throws -> Bool {
        try await store.load(SampleEntries.id(number), in: SampleEntries.partition(wall), of: tenant) != nil
    }

    @Test("What is stored is counted with it, replaced with it and deleted with it; other tenants are not counted")
    func counting() async throws {
        try await withRedis { server, client in
            let book = QuotaBook(rules(1 << 20))
            let store = RedisCacheStore(redis: client, quotas: book)
            try await store.save(entry(1))
            let one = try bytes(server)
            #expect(one > 1000 && one < 3000)
            try await store.save(entry(2))
            #expect(try bytes(server) == 2 * one)
            try await store.save(entry(2, size: 500))
            #expect(try bytes(server) == 2 * one - 500)
            #expect(book.figures.map(\.bytes) == [2 * one - 500])
            try await store.delete(SampleEntries.id(2), in: SampleEntries.partition(65))
            #expect(try bytes(server) == 2 * one - 500, "one of another wall is left alone")
            try await store.delete(SampleEntries.id(2), in: SampleEntries.partition(1))
            try await store.delete(SampleEntries.id(2), in: SampleEntries.partition(1))
            #expect(try bytes(server) == one)
            #expect(try lines(server) == one)
            #expect(try server.cli("ZCARD", "rf:{01}:due:acme") == "1")
            try await store.save(SampleEntries().entry(7))
            #expect(try server.cli("EXISTS", "rf:{01}:use:default") == "0")
        }
    }

    @Test("Beyond the quota the least valuable go: those that are large, cheap to get again and never asked for")
    func eviction() async throws {
        try await withRedis { server, client in
            let book = QuotaBook(rules(16_000))
            let store = RedisCacheStore(redis: client, quotas: book)
            let keeper = QuotaKeeper(redis: client, book: book, pause: .milliseconds(1))
            try await store.save(entry(1, worth: 1000))
            try await store.save(entry(2, worth: 50_000))
            for number in 3...5 { try await store.save(entry(number, worth: 10_000)) }
            for _ in 0..<100 { book.hit(SampleEntries.id(1), in: SampleEntries.partition(1), of: tenant) }
            try await keeper.keep()
            // One by one all others have to go for it, but what is asked for and what is dear.
            for number in 6...30 { try await store.save(entry(number, worth: 10_000)) }
            #expect(try await isThere(1, store), "asked for a hundred times")
            #expect(try await isThere(2, store), "dear")
            #expect(try await isThere(30, store), "the newest")
            let kept = try server.cli("KEYS", "rf:{01}:e:*").split(separator: "\n").count
            #expect(kept > 4 && kept < 14)
            #expect(try bytes(server) <= 16_000)
            #expect(try bytes(server) == lines(server))
            #expect(book.figures[0].evicted > 10)
            #expect(try server.cli("XRANGE", "rf:{01}:log", "-", "+").contains("del"), "mirrors hear of it")
            let refused = await #expect(throws: CacheStoreError.self) { try await store.save(entry(99, size: 40_000)) }
            #expect(refused?.code == .overQuota)
            #expect(try await !isThere(99, store))
        }
    }

    @Test("What Redis lets go by itself leaves the ledger: the expired by the next save, the evicted by sweeps")
    func healing() async throws {
        try await withRedis { server, client in
            let book = QuotaBook(rules(1 << 20))
            let store = RedisCacheStore(redis: client, quotas: book)
            let keeper = QuotaKeeper(redis: client, book: book, pause: .milliseconds(1))
            try await store.save(entry(1, life: .milliseconds(30)))
            for number in 2...20 { try await store.save(entry(number)) }
            let first = Keyspace.entry(SampleEntries.id(1), in: SampleEntries.partition(1))
            try await eventually { try server.cli("EXISTS", first) == "0" }
            try await eventually {
                try await store.save(entry(21))
                return try server.cli("ZCARD", "rf:{01}:due:acme") == "20"
            }
            // As an eviction would: no script is told.
            for number in 2...21 {
                _ = try server.cli("DEL", Keyspace.entry(SampleEntries.id(number), in: SampleEntries.partition(1)))
            }
            try await eventually {
                try await keeper.keep()
                return try server.cli("EXISTS", "rf:{01}:use:acme", "rf:{01}:due:acme") == "0"
            }
            try await eventually {
                try await keeper.keep()
                return book.figures[0].bytes == 0
            }
        }
    }

    @Test("A quota is the whole tenant's: what fills one shard is let go for another one by the sweep")
    func shards() async throws {
        try await withRedis { server, client in
            let book = QuotaBook(rules(60_000))
            let store = RedisCacheStore(redis: client, quotas: book)
            for number in 1...40 { try await store.save(entry(number)) }
            #expect(try bytes(server) > 57_000)
            try await QuotaKeeper(redis: client, book: book, pause: .milliseconds(1)).keep()
            #expect(try bytes(server) <= 54_000)
            #expect(try bytes(server) == lines(server))
            // Another replica, which must not forget what the first one holds.
            let other = QuotaBook(rules(60_000))
            let second = RedisCacheStore(redis: client, quotas: other)
            try await QuotaKeeper(redis: client, book: other, pause: .milliseconds(1)).keep()
            try await second.save(entry(50, in: 2))
            #expect(try await isThere(50, second, in: 2))
            #expect(other.figures[0].bytes <= 60_000)
        }
    }

    @Test("Of a tenant below its quota nothing is let go, also not what came since its sums were heard")
    func sweepsBelow() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client, quotas: QuotaBook(rules(1 << 20)))
            let book = QuotaBook(rules(1 << 20))
            let keeper = QuotaKeeper(redis: client, book: book, pause: .milliseconds(1))
            try await store.save(entry(1))
            try await keeper.keep()
            #expect(try book.figures[0].bytes == bytes(server))
            try await store.save(entry(2))
            var refusal: RedisError?
            try await keeper.sweep(tenant, &refusal)
            #expect(refusal == nil && book.figures[0].evicted == 0)
            for number in 1...2 { #expect(try await isThere(number, store)) }
        }
    }

    @Test("What is no ledger gives way, and is in the way of no other tenant's")
    func foreign() async throws {
        try await withRedis { server, client in
            var both = rules(16_000)
            both.tenants.insert(TenantID("beta"), at: 0)
            both.own[TenantID("beta")] = 16_000
            let book = QuotaBook(both)
            let store = RedisCacheStore(redis: client, quotas: book)
            let keeper = QuotaKeeper(redis: client, book: book, pause: .milliseconds(1))
            for tenant in ["acme", "beta"] { _ = try server.cli("SET", "rf:{01}:use:\(tenant)", "no hash") }
            _ = try server.cli("SET", "rf:{01}:due:acme", "no set")
            book.hit(SampleEntries.id(1), in: SampleEntries.partition(1), of: tenant)
            book.hit(SampleEntries.id(1), in: SampleEntries.partition(1), of: TenantID("beta"))
            try await keeper.keep()
            #expect(book.takeHits().isEmpty)
            for number in 1...5 { try await store.save(entry(number)) }
            #expect(try bytes(server) > 5000 && bytes(server) == lines(server))
            // One that Redis cannot change, as a line of it is none, leaves the others to be swept.
            _ = try server.cli("DEL", "rf:{01}:use:beta")
            _ = try server.cli("HSET", "rf:{01}:use:beta", "t", "15000", SampleEntries.id(9).description, "no line")
            _ = try server.cli("DEL", Keyspace.entry(SampleEntries.id(1), in: SampleEntries.partition(1)))
            await #expect(throws: RedisError.self) {
                while !Task.isCancelled { try await keeper.keep() }
            }
            #expect(try server.cli("HEXISTS", "rf:{01}:use:acme", SampleEntries.id(1).description) == "0")
        }
    }

    @Test("Hits that could not be told are told another time")
    func untold() async throws {
        try await withRedis { server, client in
            let book = QuotaBook(rules(16_000))
            for _ in 0..<3 { book.hit(SampleEntries.id(1), in: SampleEntries.partition(1), of: tenant) }
            server.kill()
            await #expect(throws: RedisError.self) { try await QuotaKeeper(redis: client, book: book).keep() }
            book.hit(SampleEntries.id(1), in: SampleEntries.partition(1), of: tenant)
            let hits = book.takeHits()
            #expect(hits.map(\.hits) == [[SampleEntries.id(1): 4]])
            #expect(hits.map(\.shard) == [1] && book.takeHits().isEmpty)
        }
    }

    @Test("For an answer that has no room, however many may go for it, none goes")
    func refusal() async throws {
        try await withRedis { server, client in
            let book = QuotaBook(rules(200_000))
            let store = RedisCacheStore(redis: client, quotas: book)
            var count = 0
            while book.figures[0].bytes < 190_000 {
                count += 1
                try await store.save(entry(count, size: 10))
            }
            let before = try bytes(server)
            let refused = await #expect(throws: CacheStoreError.self) {
                try await store.save(entry(5000, size: 220_000))
            }
            #expect(refused?.code == .overQuota)
            #expect(try bytes(server) == before && book.figures[0].evicted == 0)
            #expect(try server.cli("KEYS", "rf:{01}:e:*").split(separator: "\n").count == count)
            try await store.save(entry(5001, size: 30_000))
            #expect(book.figures[0].evicted > 0 && book.figures[0].evicted <= QuotaScripts.evictionsLimit)
            #expect(try bytes(server) == lines(server))
        }
    }

    @Test("An answer that entries share counts in each of them, and goes with the last")
    func shared() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client, quotas: QuotaBook(rules(16_000)))
            for number in 1...10 { try await store.save(entry(number, size: 4000)) }
            var kept: [Int] = []
            for number in 1...10 where try await isThere(number, store) { kept.append(number) }
            #expect(kept.count > 1 && kept.count < 6)
            #expect(try bytes(server) == lines(server))
            #expect(try server.cli("KEYS", "rf:{01}:e:*").split(separator: "\n").count == kept.count)
            #expect(try server.cli("KEYS", "rf:{01}:a:*").split(separator: "\n").count == 1)
            for number in kept { try await store.delete(SampleEntries.id(number), in: SampleEntries.partition(1)) }
            #expect(try server.cli("KEYS", "rf:{01}:[ae]:*") == "")
            #expect(try bytes(server) == 0)
        }
    }

    @Test("What stands in an entry's place and no quota pays for, as a curated answer, is not let go")
    func unpaid() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client, quotas: QuotaBook(rules(16_000)))
            try await store.save(entry(1, worth: 0))
            let key = Keyspace.entry(SampleEntries.id(1), in: SampleEntries.partition(1))
            _ = try server.cli("HDEL", key, EntryFields.accounted)
            for number in 2...30 { try await store.save(entry(number, worth: 10_000)) }
            #expect(try await isThere(1, store))
            #expect(try server.cli("HEXISTS", "rf:{01}:use:acme", SampleEntries.id(1).description) == "0")
            #expect(try bytes(server) == lines(server))
        }
    }

    @Test("What is replaced by what no quota pays for, or is found without its answer, leaves the ledger at once")
    func unaccounted() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client, quotas: QuotaBook(rules(1 << 20)))
            try await store.save(entry(1))
            for number in 2...3 { try await store.save(entry(number, size: 4000)) }
            try await RedisCacheStore(redis: client).save(entry(1))
            #expect(try server.cli("HEXISTS", "rf:{01}:use:acme", SampleEntries.id(1).description) == "0")
            #expect(try bytes(server) > 0 && bytes(server) == lines(server))
            // As an eviction of what both share.
            let shared = try #require(try server.cli("KEYS", "rf:{01}:a:*").split(separator: "\n").first)
            _ = try server.cli("DEL", String(shared))
            for number in 2...3 { #expect(try await !isThere(number, store)) }
            #expect(try bytes(server) == 0 && lines(server) == 0)
            #expect(try server.cli("ZCARD", "rf:{01}:due:acme") == "0")
        }
    }

    @Test("Another name of an entry counts nowhere and is not let go; an answer that takes its place counts")
    func aliases() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client, quotas: QuotaBook(rules(16_000)))
            let named = entry(1, worth: 50_000)
            try await store.save(named)
            let before = try bytes(server)
            let alias = EntryAlias(
                id: SampleEntries.id(2), partition: named.partition, question: "q", vector: nil, entry: named.id,
                entryCreated: named.created, provenance: "right_judge")
            #expect(try await store.promote(alias, of: tenant))
            #expect(try bytes(server) == before)
            for number in 3...30 { try await store.save(entry(number, worth: 10_000)) }
            #expect(try await store.load(alias.id, in: alias.partition, of: tenant)?.id == named.id)
            #expect(try server.cli("HEXISTS", "rf:{01}:use:acme", alias.id.description) == "0")
            try await store.save(entry(2, worth: 50_000))
            #expect(try await store.load(alias.id, in: alias.partition, of: tenant)?.id == alias.id)
            #expect(try server.cli("HEXISTS", "rf:{01}:use:acme", alias.id.description) == "1")
            #expect(try bytes(server) == lines(server))
        }
    }

    @Test("An answer that is found by its own words is let into the index, counted or not, if it is that one still",
          arguments: [true, false])
    func promoting(isCounted: Bool) async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client, quotas: isCounted ? QuotaBook(rules(1 << 20)) : nil)
            let samples = SampleEntries()
            let waiting = entry(1)
            var found = waiting
            found.question = "What is number 1?"
            found.vector = EntryVector(encoder: samples.encoder, embedding: samples.vector(1))
            #expect(try await !store.promote(found), "it is gone")
            #expect(try server.cli("KEYS", "rf:{01}:*") == "")
            try await store.save(waiting)
            let before = try bytes(server)
            var other = entry(1, life: .seconds(900))
            other.vector = found.vector
            #expect(try await !store.promote(other), "another answer stands there")
            #expect(try await store.promote(found))
            #expect(try await !store.promote(found), "it is found already")
            let mirrored = try await RedisChangeFeed(redis: client).mirrored(
                [(entry: found.id, partition: found.partition)], encoder: samples.encoder)
            #expect(mirrored.map(\.question) == ["What is number 1?"])
            let loaded = try await store.load(found.id, in: found.partition, of: tenant)
            #expect(loaded?.answer.readableBytes == 1000)
            #expect(try server.cli("XRANGE", "rf:{01}:log", "-", "+").split(separator: "\n").count { $0 == "add" } == 2)
            if isCounted { #expect(try bytes(server) > before && bytes(server) == lines(server)) }
        }
    }

    @Test("Leases do what they must do with quotas, too", arguments: RefreshStoreSuite.Guarantee.allCases)
    func leases(guarantee: RefreshStoreSuite.Guarantee) async throws {
        try await withRedis { _, client in
            var rules = QuotaRules()
            (rules.usual, rules.tenants) = (1 << 30, [.open])
            let store = RedisCacheStore(redis: client, quotas: QuotaBook(rules))
            try await RefreshStoreSuite(RedisRefreshStore(store), over: store).verify(guarantee)
        }
    }

    @Test("An answer made anew counts in the place of the one before, and is refused where there is no room")
    func refreshed() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client, quotas: QuotaBook(rules(16_000)))
            let refreshes = RedisRefreshStore(store)
            let old = entry(1)
            try await store.save(old)
            let before = try bytes(server)
            let claim = try await refreshes.claim(old.id, in: old.partition, seen: old.created, for: .seconds(30))
            guard case .granted(let lease) = claim else {
                Issue.record("expected a lease")
                return
            }
            let refused = await #expect(throws: CacheStoreError.self) {
                try await refreshes.save(entry(1, size: 40_000), under: lease)
            }
            #expect(refused?.code == .overQuota)
            #expect(try bytes(server) == before)
            #expect(try await refreshes.save(entry(1, size: 500), under: lease))
            #expect(try bytes(server) == before - 500 && bytes(server) == lines(server))
            #expect(try await !refreshes.save(entry(1), under: RefreshLease(number: lease.number - 1)))
            #expect(try bytes(server) == before - 500)
        }
    }

    @Test("It does what every store must do, with quotas too", arguments: CacheStoreSuite.Guarantee.allCases)
    func conformance(guarantee: CacheStoreSuite.Guarantee) async throws {
        try await withRedis { _, client in
            let clock = SettableClock()
            var rules = QuotaRules()
            (rules.usual, rules.tenants) = (1 << 30, [.open])
            let store = RedisCacheStore(redis: client, quotas: QuotaBook(rules)) { clock.now }
            try await CacheStoreSuite(store: store, feed: RedisChangeFeed(redis: client), clock: clock)
                .verify(guarantee)
        }
    }
}
