import ArgumentParser
import GatewayConfig
import Logging
import NIOCore
import NIOPosix
import RedisClient
import RedisStores
import Telemetry

/// `refrain route export`: the record of decisions as JSON lines.
struct RouteExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the recorded choices as JSON lines.",
        discussion: """
            Reads what gateways with routing.decisions recorded in Redis, the last ten thousand or a few more, and \
            writes it to standard output, oldest first.
            """)

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let configuration = try await options.load()
        LoggingSystem.bootstrap { LogConsole(label: $0, level: .error) }
        let redis = try await Self.connect(configuration.redis, logger: Logger(label: "refrain"))
        do {
            try await RedisDecisionLog.read(from: redis) { print(String(buffer: $0)) }
        } catch {
            await redis.shutdown()
            throw ValidationError("the record cannot be read: \(error)")
        }
        await redis.shutdown()
    }

    private static func connect(_ configuration: RedisClientConfiguration, logger: Logger) async throws -> RedisClient {
        var configuration = configuration
        configuration.commandTimeout = .seconds(5)
        let redis = try RedisClient(
            configuration: configuration, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
        redis.start()
        for _ in 0..<50 {
            if (try? await redis.send(RedisCommand("PING"))) != nil { return redis }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw ValidationError("Redis does not answer at \(configuration.address)")
    }
}
