import GatewayCore
import GatewayTesting
import Logging
import NIOPosix
import RedisClient
import Routing
import Testing

@testable import refrain

@Suite("The fleet's limits as a gateway has them", .timeLimit(.minutes(2)))
struct FleetLimitsTests {
    private static func request(_ lease: String) -> PickRequest {
        var limits = Limits()
        limits.requests = 1_000
        limits.concurrency = 4
        return PickRequest(
            lease: LeaseID(lease), inputTokens: 1, outputTokens: 1,
            candidates: [.init(DeploymentID("d"), limits: limits)])
    }

    /// Repeats `body` until it gives true. The suite's time limit ends it otherwise.
    private static func eventually(_ body: () async throws -> Bool) async throws {
        while try await !body() { try await Task.sleep(for: .milliseconds(5)) }
    }

    private static func lease(_ name: String, _ limits: FleetLimits) async throws -> Lease? {
        if case .granted(let grant) = try await limits.store.pick(request(name)) { return grant.lease }
        return nil
    }

    /// A client of a server that answers.
    private static func client(of server: RedisServer) async throws -> RedisClient {
        var configuration = RedisClientConfiguration(address: .host("127.0.0.1", port: server.port ?? 0))
        configuration.connectTimeout = .seconds(20)
        configuration.commandTimeout = .seconds(2)
        let client = try RedisClient(
            configuration: configuration, eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await eventually { (try? await client.send(RedisCommand("PING"))) != nil }
        return client
    }

    @Test("What a call under way holds is renewed until it is settled")
    func renewals() async throws {
        let server = try RedisServer()
        let client = try await Self.client(of: server)
        let limits = FleetLimits(
            redis: client, replica: "one", policy: .localShare, leaseLife: .seconds(2), logger: LogLines().logger)
        let running = Task { await limits.run() }
        var request = Self.request("a")
        request.life = .seconds(2)
        guard case .granted(let grant) = try await limits.store.pick(request) else {
            Issue.record("refused")
            return
        }
        func end() throws -> Double? { Double(try server.cli("ZSCORE", "rf:{rl}:c:d:d", "a")) }
        let first = try #require(try end())
        try await Self.eventually { try end() ?? 0 > first }
        limits.store.settle(.notCounted(grant.lease))
        try await Self.eventually { try end() == nil }
        running.cancel()
        await running.value
        await client.shutdown()
    }

    @Test("Redis goes and comes back: every call is decided, by the replica in between, and settlements flow again")
    func outage() async throws {
        let server = try RedisServer()
        let client = try await Self.client(of: server)
        let lines = LogLines()
        let limits = FleetLimits(
            redis: client, replica: "one", policy: .localShare, leaseLife: .seconds(5), logger: lines.logger)
        let running = Task { await limits.run() }

        let first = try #require(try await Self.lease("a", limits))
        #expect(first.holder == .shared && !limits.isDegraded)
        limits.store.settle(.notCounted(first))
        try await Self.eventually { try server.cli("ZSCORE", "rf:{rl}:c:d:d", "a") == "" }

        server.kill()
        var number = 0
        try await Self.eventually {
            number += 1
            let lease = try #require(try await Self.lease("away \(number)", limits))
            limits.store.settle(.notCounted(lease))
            return limits.isDegraded && lease.holder == .local
        }
        #expect(lines.count(of: "the fleet's limits are out of reach; this replica keeps to its share") == 1)

        try server.start()
        var last: Lease?
        try await Self.eventually {
            number += 1
            last = try await Self.lease("back \(number)", limits)
            if last?.holder == .shared { return true }
            if let last { limits.store.settle(.notCounted(last)) }
            return false
        }
        #expect(!limits.isDegraded)
        #expect(lines.count(of: "the fleet's limits are back") == 1)
        let lost = limits.lost
        limits.store.settle(.notCounted(try #require(last)))
        try await Self.eventually { try server.cli("ZSCORE", "rf:{rl}:c:d:d", "back \(number)") == "" }
        #expect(limits.lost == lost)

        running.cancel()
        await running.value
        await client.shutdown()
    }
}
