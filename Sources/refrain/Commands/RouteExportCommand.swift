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
        let redis = try await RedisClient.forCommand(configuration.redis, logger: Logger(label: "refrain"))
        do {
            try await RedisDecisionLog.read(from: redis) { print(String(buffer: $0)) }
        } catch {
            await redis.shutdown()
            throw ValidationError("the record cannot be read: \(error)")
        }
        await redis.shutdown()
    }
}
