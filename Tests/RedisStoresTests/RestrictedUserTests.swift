import Foundation
import GatewayCore
import GatewayTesting
import RedisClient
import Routing
import SemanticCache
import Testing

@testable import RedisStores

/// The user that docs/operations.md tells operators to make.
@Suite("A user of Redis who may do no more than what is documented", .timeLimit(.minutes(3)))
struct RestrictedUserTests: CuratedSuite {
    /// What stands behind the user's name in the document.
    private static let rules: [String] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let document = (try? String(contentsOf: root.appending(path: "docs/operations.md"), encoding: .utf8)) ?? ""
        let line = document.split(separator: "\n").first { $0.hasPrefix("user refrain ") } ?? ""
        return line.split(separator: " ").dropFirst(2).map(String.init)
    }()

    /// Runs `body` with a client of that user, and looks whether Redis refused it anything.
    private func asUser(_ body: (RedisClient) async throws -> Void) async throws {
        #expect(Self.rules.count > 20)
        try await withRedis { server, operatorClient in
            var user = RedisCommand("ACL", "SETUSER", "refrain")
            for rule in Self.rules { user.append(rule) }
            _ = try await operatorClient.send(user)
            try await withClient(of: server, as: RedisCredentials(user: "refrain", password: "PASSWORD"), body)
            let refused = try await operatorClient.send(RedisCommand("ACL", "LOG")).expectArray()
            #expect(refused.isEmpty, "\(refused.first.map { "\($0)" } ?? "")")
        }
    }

    @Test("It can store and find answers, with quotas and without",
          arguments: CacheStoreSuite.Guarantee.allCases, [false, true])
    func answers(guarantee: CacheStoreSuite.Guarantee, hasQuota: Bool) async throws {
        try await asUser { client in
            let clock = SettableClock()
            var rules = QuotaRules()
            (rules.usual, rules.tenants) = (1 << 30, [.open])
            let book = hasQuota ? QuotaBook(rules) : nil
            let store = RedisCacheStore(redis: client, quotas: book) { clock.now }
            try await CacheStoreSuite(store: store, feed: RedisChangeFeed(redis: client), clock: clock)
                .verify(guarantee)
            if let book { try await QuotaKeeper(redis: client, book: book).keep() }
        }
    }

    @Test("It can make answers anew", arguments: RefreshStoreSuite.Guarantee.allCases)
    func refreshes(guarantee: RefreshStoreSuite.Guarantee) async throws {
        try await asUser { client in
            let store = RedisCacheStore(redis: client)
            try await RefreshStoreSuite(RedisRefreshStore(store), over: store).verify(guarantee)
        }
    }

    @Test("It can lead", arguments: FlightLeaseSuite.Guarantee.allCases)
    func flights(guarantee: FlightLeaseSuite.Guarantee) async throws {
        try await asUser { client in
            let life: Duration = .milliseconds(400)
            let leases = ["a", "b"].map { replica in
                RedisFlightLeases(redis: client, replica: replica, encoder: samples.encoder, life: life)
            }
            try await FlightLeaseSuite(first: leases[0], second: leases[1], life: life) { [samples] number, purge in
                var entry = samples.entry(number)
                entry.generation = CacheGeneration(purge)
                try await RedisCacheStore(redis: client).save(entry)
            }.verify(guarantee)
        }
    }

    @Test("It can keep limits", arguments: LimitStoreSuite.Guarantee.allCases)
    func limits(guarantee: LimitStoreSuite.Guarantee) async throws {
        try await asUser { client in
            let clock = SettableClock(LimitStoreSuite.start)
            let store = RedisLimitStore(
                redis: client, scripts: LimitScripts(clock: .key(ClockedLimits.clockKey)), now: { clock.now })
            let tell: @Sendable (UnixTime) async throws -> Void = { time in
                let now = Int(time.milliseconds)
                _ = try await client.send(RedisCommand("SET", .string(ClockedLimits.clockKey), .integer(now)))
            }
            try await tell(clock.now)
            try await running(store) {
                try await LimitStoreSuite(store: store, clock: clock, tell: tell) { await store.flush() }
                    .verify(guarantee)
            }
        }
    }

    @Test("It can import, list and purge curated answers, and give them up to others")
    func curated() async throws {
        try await asUser { client in
            let store = RedisCacheStore(redis: client)
            try await store.open(shelf)
            #expect(try await store.shelves(of: tenant) == [shelf])
            _ = try await put("a", [1, 2], in: store)
            #expect(try await put("b", [2], in: store)?.answer == "a")
            #expect(try await stands("a", [1, 2], store))
            #expect(try await store.lines(of: shelf, behind: nil, count: 10).lines.count == 1)
            #expect(try await store.count(on: shelf) == 1)
            _ = try await store.purge(.tag("t"), of: tenant)
            #expect(try await put("b", [2], in: store) == nil)
            #expect(try await store.remove("b", from: shelf, searches: true) == 1)
            #expect(try await store.remove("c", from: shelf, searches: true) == 0)
        }
    }

    @Test("Where Redis does not let see whose an answer is, nothing takes its place")
    func blind() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            _ = try await put("a", [1], in: store)
            var entry = samples.entry(1, in: 3)
            entry.generation = try await store.generation(of: tenant)
            _ = try server.cli("ACL", "SETUSER", "default", "-hmget", "-hexists")
            await #expect(throws: CacheStoreError.self) { try await store.save(entry) }
            _ = try server.cli("ACL", "SETUSER", "default", "+hmget", "+hexists")
            #expect(try await answer(1, store) == "a")
        }
    }
}
