import CoreMetrics
import Logging
import NIOCore
import NIOPosix
import Pipeline
import ProviderAPIs
import RedisClient
import RedisStores
import ServiceLifecycle
import Upstream

/// Connects to Redis, and disconnects when everything that uses it has ended.
struct RedisService: Service {
    let redis: RedisClient

    func run() async throws {
        redis.start()
        try? await gracefulShutdown()
        await redis.shutdown()
    }
}

/// Ends the threads on which all else runs, when all else has ended. When the time to end is over, all services are
/// cancelled at once and not in their order: others then still end on these threads, which go with the process.
struct LoopsService: Service {
    let loops: MultiThreadedEventLoopGroup

    func run() async throws {
        try? await gracefulShutdown()
        if !Task.isCancelled { try? await loops.shutdownGracefully() }
    }
}

/// Lets something go at shutdown.
struct Closing: Service {
    let close: @Sendable () async -> Void

    init(_ close: @escaping @Sendable () async -> Void) { self.close = close }

    func run() async throws {
        try? await gracefulShutdown()
        await close()
    }
}

/// Runs something until the shutdown.
struct Running: Service {
    let work: @Sendable () async -> Void

    init(_ work: @escaping @Sendable () async -> Void) { self.work = work }

    /// Nil for nobody.
    init?<Worker: Sendable>(_ worker: Worker?, _ work: @escaping @Sendable (Worker) async -> Void) {
        guard let worker else { return nil }
        self.init { await work(worker) }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { await work() }
        // A service that has nothing to do is not one that failed.
        try? await gracefulShutdown()
    }
}

/// Writes one log line per change of the connection to Redis, and keeps the gauge.
struct RedisWatch: Sendable {
    let logger: Logger
    let gauge: Meter
    /// One for each time Redis has come back; who is slow hears of several as one.
    let connections: AsyncStream<Void>
    private let connected: AsyncStream<Void>.Continuation

    init(logger: Logger, gauge: Meter) {
        self.logger = logger
        self.gauge = gauge
        (connections, connected) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func changed(_ state: RedisConnectionState) {
        switch state {
        case .connected:
            gauge.set(0)
            connected.yield()
            logger.notice("connected to Redis")
        case .disconnected(let error):
            gauge.set(1)
            logger.warning("Redis is away; requests are answered by providers", metadata: ["reason": "\(error)"])
        }
    }
}

extension UpstreamConfiguration {
    /// Where signed thoughts of tool calls are kept; nil where they are not.
    func thoughtStore(redis: RedisClient) -> RedisThoughtStore? {
        thoughtLife > .zero ? RedisThoughtStore(redis: redis, life: thoughtLife) : nil
    }
}

extension ResponseKeepingRules {
    /// What keeps responses; nil where none are.
    func desk(redis: RedisClient) -> ResponseDesk? {
        guard life > .zero else { return nil }
        return ResponseDesk(store: RedisResponseStore(redis: redis, life: life), bytesLimit: bytesLimit)
    }
}
