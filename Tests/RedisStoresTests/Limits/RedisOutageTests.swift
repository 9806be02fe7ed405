import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import NIOPosix
import RedisClient
import Routing
import Testing

@testable import RedisStores

@Suite("Limits while Redis is killed and restarted", .timeLimit(.minutes(3)))
struct RedisOutageTests {
    private static let limit = 1_000
    /// A quarter of 90 %.
    private static let share = 225

    /// One replica: a client with its own threads, as the gateway wires it.
    private struct Replica {
        let client: RedisClient
        let shared: RedisLimitStore
        let store: FallbackLimitStore
        let lines = LogLines()

        init(of server: RedisServer, replicas: LiveReplicas) throws {
            var configuration = RedisClientConfiguration(address: .host("127.0.0.1", port: server.port ?? 0))
            configuration.connectTimeout = .seconds(20)
            client = try RedisClient(
                configuration: configuration, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet)
            shared = RedisLimitStore(redis: client)
            store = FallbackLimitStore(shared: shared, replicas: replicas, logger: lines.logger)
        }
    }

    @Test("Every call is decided throughout, no more is admitted than limit and shares allow, and all come back")
    func killAndRestart() async throws {
        let server = try RedisServer()
        let live = LiveReplicas()
        live.update(4)
        let replicas = try (0..<4).map { _ in try Replica(of: server, replicas: live) }
        for replica in replicas {
            try await eventually { (try? await replica.client.send(RedisCommand("PING"))) != nil }
        }
        let granted = NIOLockedValueBox([0, 0, 0, 0])
        let load = replicas.enumerated().map { index, replica in
            Task {
                var number = 0
                while !Task.isCancelled {
                    number += 1
                    if try await Self.isGranted("\(index) \(number)", by: replica.store) {
                        granted.withLockedValue { $0[index] += 1 }
                    }
                    await Task.yield()
                }
            }
        }
        // The whole limit is used within moments, by calls far faster than it allows.
        try await eventually { granted.withLockedValue { $0.reduce(0, +) } >= Self.limit * 9 / 10 }
        let unused = granted.withLockedValue { $0.reduce(0) { $0 + max(0, Self.share - $1) } }
        server.kill()
        for replica in replicas { try await eventually { replica.store.isDegraded } }
        try server.start()
        for replica in replicas { try await eventually { !replica.store.isDegraded } }
        for task in load {
            task.cancel()
            // Cancelled calls end with an error that says so; nothing else may.
            do { try await task.value } catch let error as LimitError { #expect(error.code == .cancelled) }
        }
        for replica in replicas {
            let away = "the fleet's limits are out of reach; this replica keeps to its share"
            #expect(replica.lines.count(of: away) == 1)
            #expect(replica.lines.count(of: "the fleet's limits are back") == 1)
            await replica.client.shutdown()
        }
        // All within one minute: the limit, and what replicas had not used of their share when Redis went away.
        #expect(granted.withLockedValue { $0.reduce(0, +) } <= Self.limit + unused)
    }

    private static func isGranted(_ lease: String, by store: FallbackLimitStore) async throws(LimitError) -> Bool {
        var limits = Limits()
        limits.requests = limit
        let request = PickRequest(
            lease: LeaseID(lease), inputTokens: 1, outputTokens: 1,
            candidates: [.init(DeploymentID("d"), limits: limits)])
        if case .granted = try await store.pick(request) { return true }
        return false
    }
}
