import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import RedisClient
import Routing
import Testing

@testable import RedisStores

@Suite("Limits in Redis", .timeLimit(.minutes(3)))
struct RedisLimitStoreTests {
    private static func limits(requests: Int) -> Limits {
        var limits = Limits()
        limits.requests = requests
        return limits
    }

    private static func request(_ lease: String, _ limits: Limits = Limits(), name: String = "d") -> PickRequest {
        PickRequest(
            lease: LeaseID(lease), inputTokens: 10, outputTokens: 5,
            candidates: [.init(DeploymentID(name), limits: limits)])
    }

    @Test("It does what every store of limits must do", arguments: LimitStoreSuite.Guarantee.allCases)
    func conformance(guarantee: LimitStoreSuite.Guarantee) async throws {
        try await withClockedLimits { limits in
            try await limits.suite.verify(guarantee)
            #expect(limits.store.lost == 0)
        }
    }

    @Test("What has no life counts and holds nothing")
    func lifeless() async throws {
        try await withClockedLimits { limits in
            var request = Self.request("a", Self.limits(requests: 1))
            request.life = .zero
            guard case .granted = try await limits.store.pick(request) else { throw LimitError(.malformed, "denied") }
            #expect(try limits.server.cli("EXISTS", "rf:{rl}:c:d:d") == "0")
            #expect(try limits.server.cli("EXISTS", "rf:{rl}:d:d") == "1")
            guard case .denied = try await limits.store.pick(Self.request("b", Self.limits(requests: 1))) else {
                throw LimitError(.malformed, "granted")
            }
        }
    }

    @Test(
        "No 60 seconds hold more than the limit, and at least 93 % of what a perfect memory would admit is admitted",
        arguments: LimitTraffic.allCases)
    func exactLog(traffic: LimitTraffic) async throws {
        var limits = Limits()
        limits.totalTokens = 150_000
        let arrivals = traffic.arrivals(limit: 300, seconds: 240, tokens: 1...1_000, seed: 99)
        var log = ExactLimitLog()
        try await withClockedLimits { clocked in
            let start = LimitStoreSuite.start
            for (index, arrival) in arrivals.enumerated() {
                try await clocked.tell(start + .milliseconds(arrival.milliseconds))
                let request = PickRequest(
                    lease: LeaseID("\(index)"), inputTokens: arrival.tokens, outputTokens: 0,
                    candidates: [.init(DeploymentID("d"), limits: limits)])
                guard case .granted = try await clocked.store.pick(request) else { continue }
                log.admit(arrival.tokens, at: arrival.milliseconds)
            }
        }
        #expect(log.peak <= 150_000)
        let exact = ExactLimitLog.admitted(of: arrivals, limit: 150_000, amount: \.tokens)
        let use = Double(log.total) / Double(exact.total)
        #expect(use >= 0.93, "\(use) of the exact log's")
    }

    @Test("Of 5,000 calls that four clients make at once against a limit of 100, exactly 100 are let through")
    func manyAtOnce() async throws {
        let server = try RedisServer()
        let granted = try await withThrowingTaskGroup(of: Int.self) { group in
            for client in 0..<4 {
                group.addTask { try await Self.burst(of: 1_250, from: "client \(client)", at: server) }
            }
            return try await group.reduce(0, +)
        }
        #expect(granted == 100)
    }

    /// As one process of its own would: with its own threads, connections and store.
    private static func burst(of count: Int, from name: String, at server: RedisServer) async throws -> Int {
        let threads = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        var configuration = RedisClientConfiguration(address: .host("127.0.0.1", port: server.port ?? 0))
        configuration.commandTimeout = .seconds(20)
        configuration.connectTimeout = .seconds(20)
        let client = try RedisClient(configuration: configuration, eventLoopGroup: threads, logger: quiet)
        let store = RedisLimitStore(redis: client)
        let granted = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<count {
                group.addTask {
                    let request = Self.request("\(name) \(number)", Self.limits(requests: 100))
                    if case .granted = try await store.pick(request) { return true }
                    return false
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        await client.shutdown()
        try await threads.shutdownGracefully()
        return granted
    }

    @Test("A server that forgot the scripts is sent their text: a pick is decided, a settlement counts")
    func scriptFlush() async throws {
        try await withRedis { server, client in
            let store = RedisLimitStore(redis: client)
            try await running(store) {
                guard case .granted(let grant) = try await store.pick(Self.request("1", Self.limits(requests: 2)))
                else { return }
                #expect(try server.cli("SCRIPT", "FLUSH") == "OK")
                guard case .granted = try await store.pick(Self.request("2", Self.limits(requests: 2))) else {
                    Issue.record("refused")
                    return
                }
                #expect(try server.cli("SCRIPT", "FLUSH") == "OK")
                store.settle(.notCounted(grant.lease))
                store.feedback(ProviderTruth(deployment: DeploymentID("e"), limits: Limits(), blocks: [
                    .init(.requests, wait: .seconds(100)),
                ]))
                await store.flush()
                #expect(store.lost == 0)
                guard case .granted = try await store.pick(Self.request("3", Self.limits(requests: 2))) else {
                    Issue.record("the settlement was lost")
                    return
                }
                guard case .denied = try await store.pick(Self.request("4", name: "e")) else {
                    Issue.record("the feedback was lost")
                    return
                }
            }
        }
    }

    @Test("Replicas whose clocks are five seconds apart share one minute")
    func skew() async throws {
        try await withClockedLimits { limits in
            let replicas = [-5, 0, 5].map { skew in
                FallbackLimitStore(
                    shared: limits.store, replicas: LiveReplicas(), logger: quiet,
                    clock: LimitClock(wall: { limits.clock.now + .seconds(skew) }))
            }
            var granted = 0
            for number in 0..<90 {
                let request = Self.request("\(number)", Self.limits(requests: 30))
                if case .granted(let grant) = try await replicas[number % 3].pick(request) {
                    granted += 1
                    if number < 6 { replicas[number % 3].settle(.notCounted(grant.lease)) }
                    await limits.store.flush()
                }
            }
            #expect(granted == 36, "six were given back")
            for replica in replicas {
                guard case .denied(let denial) = try await replica.pick(Self.request("x", Self.limits(requests: 30)))
                else { continue }
                #expect(denial.retryAfter == .seconds(61))
            }
        }
    }

    @Test("What stands under a key and is none of ours is an error, and no denial")
    func malformed() async throws {
        try await withRedis { server, client in
            let store = RedisLimitStore(redis: client)
            _ = try server.cli("SET", "rf:{rl}:d:d", "something")
            await #expect(throws: LimitError.self) { try await store.pick(Self.request("1")) }
            do throws(LimitError) {
                _ = try await store.pick(Self.request("1"))
            } catch {
                #expect(error.code == .malformed && !error.isRetriable)
            }
        }
    }

    @Test("A server that does not answer in time is an error that may pass")
    func slow() async throws {
        let server = try RedisServer()
        var configuration = RedisClientConfiguration(address: .host("127.0.0.1", port: server.port ?? 0))
        configuration.connectTimeout = .seconds(20)
        let client = try RedisClient(
            configuration: configuration, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet)
        let store = RedisLimitStore(redis: client)
        try await eventually { (try? await client.send(RedisCommand("PING"))) != nil }
        server.pause()
        do throws(LimitError) {
            _ = try await store.pick(Self.request("1"))
            Issue.record("decided")
        } catch {
            #expect(error.code == .timeout && error.isRetriable)
        }
        server.resume()
        await client.shutdown()
    }
}
