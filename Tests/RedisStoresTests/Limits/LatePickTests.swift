import GatewayCore
import GatewayTesting
import NIOPosix
import RedisClient
import Routing
import Testing

@testable import RedisStores

@Suite("Picks whose answers nobody heard", .timeLimit(.minutes(2)))
struct LatePickTests {
    /// One call at the same time, 100 tokens a minute and 1,000 nano-dollars, for the tenant and at the second target.
    private static func request(_ lease: String) -> PickRequest {
        var narrow = Limits()
        narrow.concurrency = 1
        narrow.totalTokens = 100
        var full = Limits()
        full.requests = 0
        var request = PickRequest(
            lease: LeaseID(lease), inputTokens: 60, outputTokens: 40,
            candidates: [
                .init(DeploymentID("full"), limits: full),
                .init(DeploymentID("d"), limits: narrow, nanodollars: 1_000),
            ])
        request.scopes = [
            ScopeLimits(
                LimitScope(.tenant, "t"), limits: narrow,
                budgets: [.init(.day, nanodollars: 1_000), .init(.total, nanodollars: 1_000)])
        ]
        return request
    }

    private static func cancel(_ lease: String, _ limits: ClockedLimits) async throws {
        let call = LimitCommands.pick(request(lease))
        let script = LimitScripts(clock: .key(ClockedLimits.clockKey)).cancel
        _ = try await limits.redis.evaluate(script, keys: call.keys, arguments: call.arguments)
    }

    private static func isGranted(_ lease: String, _ limits: ClockedLimits) async throws -> Bool {
        if case .granted = try await limits.store.pick(request(lease)) { return true }
        return false
    }

    @Test("One that ran gives everything back: place, tokens and money, however often it is cancelled", arguments: [0, 5])
    func ran(seconds: Int) async throws {
        try await withClockedLimits { limits in
            #expect(try await Self.isGranted("a", limits))
            #expect(try await !Self.isGranted("b", limits), "there is room for one")
            limits.clock.advance(by: .seconds(seconds))
            try await limits.tell(limits.clock.now)
            for _ in 0..<3 { try await Self.cancel("a", limits) }
            #expect(try limits.server.cli("HGET", "rf:{rl}:b:o:t:day", "r") == "0")
            #expect(try await Self.isGranted("c", limits))
            #expect(try await !Self.isGranted("d", limits), "no more came back than was taken")
        }
    }

    @Test("One that comes after it was cancelled reserves nothing, and its mark holds no place")
    func comesLate() async throws {
        try await withClockedLimits { limits in
            for _ in 0..<2 { try await Self.cancel("a", limits) }
            #expect(try await !Self.isGranted("a", limits))
            #expect(try limits.server.cli("EXISTS", "rf:{rl}:d:d", "rf:{rl}:c:o:t", "rf:{rl}:b:o:t:day:r") == "0")
            #expect(try await Self.isGranted("b", limits))
            try await Self.cancel("a", limits)
            #expect(try await !Self.isGranted("c", limits), "another's lease is left alone")
            // Ten minutes on nobody remembers the mark.
            limits.clock.advance(by: .seconds(1_300))
            try await limits.tell(limits.clock.now)
            #expect(try await Self.isGranted("d", limits))
            #expect(try limits.server.cli("ZRANGE", "rf:{rl}:c:d:d", "0", "-1") == "d")
        }
    }

    @Test("A pick that timed out is cancelled when Redis answers again, in whichever order they arrive")
    func timeout() async throws {
        let server = try RedisServer()
        var configuration = RedisClientConfiguration(address: .host("127.0.0.1", port: server.port ?? 0))
        configuration.connectTimeout = .seconds(20)
        configuration.commandTimeout = .milliseconds(500)
        let hasty = try RedisClient(
            configuration: configuration, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet)
        let store = RedisLimitStore(redis: hasty)
        try await eventually { (try? await hasty.send(RedisCommand("PING"))) != nil }
        server.pause()
        await #expect(throws: LimitError.self) { try await store.pick(Self.request("late")) }
        server.resume()
        try await running(store) {
            // A sender that times out too sends it again.
            await store.flush()
            try await withClient(of: server) { client in
                let other = RedisLimitStore(redis: client)
                try await eventually {
                    if case .granted = try await other.pick(Self.request("\(RequestID())")) { return true }
                    return false
                }
            }
        }
        await hasty.shutdown()
    }
}
