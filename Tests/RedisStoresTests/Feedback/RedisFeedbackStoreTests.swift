import GatewayCore
import GatewayTesting
import NIOPosix
import RedisClient
import Testing

@testable import RedisStores
@testable import Routing

@Suite("Answers that may be judged, in Redis", .timeLimit(.minutes(2)))
struct RedisFeedbackStoreTests {
    private let record = FeedbackRecord(
        tenant: TenantID("acme"), route: "auto", deployment: DeploymentID("p/a"),
        choice: LearnedChoice(features: LearningFeatures([0.5, -0.25]), space: "1-ab", chance: 0.5))

    private func running(_ store: RedisFeedbackStore, _ body: () async throws -> Void) async throws {
        let task = Task { await store.run() }
        defer { task.cancel() }
        try await body()
    }

    @Test("What one replica answered another one can be told of, once in the whole fleet")
    func shared() async throws {
        try await withRedis { server, first in
            try await withClient(of: server) { second in
                let (one, other) = (RedisFeedbackStore(redis: first), RedisFeedbackStore(redis: second))
                try await running(one) {
                    one.keep(record, of: "a")
                    try await eventually { try await other.record(of: "a") == record }
                    #expect(try await other.record(of: "b") == nil)
                    #expect(try await other.claim("a"))
                    #expect(try await !one.claim("a"))
                    #expect(try await !other.claim("a"))
                    for key in ["rf:f:a", "rf:f:a:j"] {
                        let life = try await first.send(RedisCommand("PTTL", .string(key))).expectInteger()
                        #expect(life > 3_500_000 && life <= 3_600_000)
                    }
                }
            }
        }
    }

    @Test("A user's judgments of hits are counted in the fleet for an hour, and a claim can be taken back")
    func hits() async throws {
        try await withRedis { server, first in
            try await withClient(of: server) { second in
                let rules = FeedbackRules(life: .seconds(600), capacity: 16, hitJudgments: 3)
                let one = RedisFeedbackStore(redis: first, rules: rules)
                let other = RedisFeedbackStore(redis: second, rules: rules)
                var admitted: [Bool] = []
                for store in [one, other, one, other] { admitted.append(try await store.admits("acme:ann")) }
                #expect(admitted == [true, true, true, false])
                #expect(try await one.admits("acme:bob"))
                let life = try #require(Int(server.cli("TTL", "rf:fj:acme:ann")))
                #expect(life > 3_500 && life <= 3_600)
                try await running(one) {
                    let hit = ServedHit(
                        entry: SampleEntries.id(1), partition: SampleEntries.partition(1), created: .now(),
                        question: SampleEntries.id(2), lesson: HitLesson(bin: 3, group: 4, cautions: 5))
                    let record = FeedbackRecord(tenant: TenantID("acme"), route: "m", hit: hit)
                    one.keep(record, of: "a")
                    try await eventually { try await other.record(of: "a") == record }
                    #expect(try await other.claim("a"))
                    #expect(try await !one.claim("a"))
                    await other.release("a")
                    await one.release("a")
                    #expect(try await one.claim("a"))
                    #expect(try await !other.claim("a"))
                }
            }
        }
    }

    @Test("A replica keeps no more in Redis than in its memory")
    func bound() async throws {
        try await withRedis { _, redis in
            let store = RedisFeedbackStore(redis: redis, rules: FeedbackRules(life: .seconds(600), capacity: 4))
            try await running(store) {
                for number in 0..<20 { store.keep(record, of: "r\(number)") }
                try await eventually {
                    try await redis.send(RedisCommand("EXISTS", .string("rf:f:r19"))).integer == 1
                }
                #expect(try await redis.send(RedisCommand("DBSIZE")).integer == 4)
            }
        }
    }

    @Test("A judgment whose claim Redis took without saying so is refused, counts when it comes again, and only once")
    func lostInTheMiddle() async throws {
        try await withRedis { server, redis in
            var configuration = RedisClientConfiguration(address: .host("127.0.0.1", port: server.port ?? 0))
            configuration.commandTimeout = .milliseconds(200)
            let patient = RedisFeedbackStore(redis: redis)
            let hasty = try RedisClient(
                configuration: configuration, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet)
            let store = RedisFeedbackStore(redis: hasty)
            try await running(patient) {
                patient.keep(record, of: "a")
                try await eventually { try await store.record(of: "a") == record }
                // Redis reads on and keeps what would write until it may: the claim is taken, and nobody hears of it.
                _ = try server.cli("CLIENT", "PAUSE", "60000", "WRITE")
                await #expect { try await store.claim("a") } throws: { error in
                    (error as? RoutingStoreError)?.code == .unavailable
                }
                _ = try server.cli("CLIENT", "UNPAUSE")
                try await eventually { try server.cli("EXISTS", "rf:f:a:j") == "1" }
                #expect(try await store.claim("a"))
                #expect(try await !store.claim("a"))
                #expect(try await !patient.claim("a"))
            }
            await hasty.shutdown()
        }
    }

    @Test("While Redis is away a replica takes judgments of its own answers, once, and says of others that it cannot")
    func away() async throws {
        let server = try RedisServer()
        var configuration = RedisClientConfiguration(address: .host("127.0.0.1", port: server.port ?? 0))
        configuration.commandTimeout = .milliseconds(200)
        server.kill()
        let redis = try RedisClient(
            configuration: configuration, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet)
        let store = RedisFeedbackStore(redis: redis)
        store.keep(record, of: "a")
        #expect(try await store.record(of: "a") == record)
        #expect(try await store.claim("a"))
        #expect(try await !store.claim("a"))
        await #expect { try await store.record(of: "b") } throws: { error in
            (error as? RoutingStoreError)?.code == .unavailable
        }
        await redis.shutdown()
    }
}
