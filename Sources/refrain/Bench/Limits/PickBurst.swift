import GatewayCore
import Logging
import NIOCore
import NIOPosix
import RedisClient
import RedisStores
import Routing

/// One process of several that ask the same Redis for room at the same moment.
struct PickBurst {
    /// Of the processes that take part.
    let processes: Int
    /// Questions of this process, all at once.
    let picks: Int
    /// Requests a minute that are allowed to all of them together.
    let limit: Int

    private static let barrier = "rf:{rl}:burst"

    /// Waits until all processes are there, then asks.
    /// - Returns: how many were let through.
    func run(url: String) async throws -> Int {
        var configuration = try RedisClientConfiguration(url: url)
        configuration.commandTimeout = .seconds(20)
        let client = try RedisClient(
            configuration: configuration, eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: Logger(label: "bench"))
        do {
            try await meet(client)
            let granted = try await ask(RedisLimitStore(redis: client))
            await client.shutdown()
            return granted
        } catch {
            await client.shutdown()
            throw error
        }
    }

    private func meet(_ client: RedisClient) async throws {
        _ = try await client.send(RedisCommand("INCR", .string(Self.barrier)), timeout: .seconds(20))
        for _ in 0..<6_000 {
            let there = try await client.send(RedisCommand("GET", .string(Self.barrier))).integer
            if let there, there >= processes { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw BenchError("the other processes did not come")
    }

    private func ask(_ store: RedisLimitStore) async throws -> Int {
        var limits = Limits()
        limits.requests = limit
        let candidate = PickRequest.Candidate(DeploymentID("burst"), limits: limits)
        return try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<picks {
                group.addTask {
                    let request = PickRequest(
                        lease: LeaseID(RequestID().description), inputTokens: 1, outputTokens: 1,
                        candidates: [candidate])
                    if case .granted = try await store.pick(request) { return true }
                    return false
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }
}
