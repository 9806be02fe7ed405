import Foundation
import GatewayTesting

/// Where commands run that need a Redis and a configuration, and no gateway. Its files go with this object.
final class CommandPlace: Sendable {
    let redis: RedisServer
    let folder: URL
    private let configuration: URL
    private let environment: [String: String]

    /// - Parameter change: what the configuration has beyond that.
    init(_ change: (inout GatewaySettings) -> Void = { _ in }) throws {
        redis = try RedisServer()
        folder = try Place.temporaryFolder()
        configuration = folder.appending(path: "refrain.yaml")
        var settings = try GatewaySettings(redis, provider: 1)
        change(&settings)
        environment = settings.environment
        try Data(settings.yaml.utf8).write(to: configuration)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// How many entries stand in Redis.
    var entries: Int {
        get throws { try redis.cli("--scan", "--pattern", "*:e:*").split(separator: "\n").count }
    }

    /// Writes a file.
    /// - Returns: its path.
    func file(_ name: String, _ lines: [String]) throws -> String {
        let file = folder.appending(path: name)
        try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: file)
        return file.path()
    }

    /// Starts `refrain cache` with this configuration.
    func start(_ arguments: [String]) throws -> ChildProcess {
        try ChildProcess(
            [Place.gateway, "cache"] + arguments + ["--config", configuration.path()], name: "command",
            folder: folder, environment: environment)
    }

    /// Runs it to its end.
    func run(_ arguments: [String]) async throws -> (code: Int32, output: String, errors: String) {
        let child = try start(arguments)
        let code = try await child.wait()
        return (code, child.output, child.errors)
    }
}
