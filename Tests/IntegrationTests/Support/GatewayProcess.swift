import Foundation
import Glibc

/// A running `refrain serve`. It is killed with this object.
final class GatewayProcess: Sendable {
    let port: Int
    /// Holds the configuration and the log.
    let folder: URL
    let child: ChildProcess

    /// Starts the gateway and returns when it is ready and, unless told otherwise, connected to Redis.
    init(_ settings: GatewaySettings, awaitsRedis: Bool = true) async throws {
        folder = try Place.temporaryFolder()
        let configuration = folder.appending(path: "refrain.yaml")
        try Data(settings.yaml.utf8).write(to: configuration)
        let child = try ChildProcess(
            [Place.gateway, "serve", "--config", configuration.path()], name: "gateway", folder: folder,
            environment: settings.environment)
        self.child = child
        var found: Int?
        try await eventually("the gateway listens") {
            if let code = child.poll() { throw Mishap("the gateway ended with \(code): \(child.errors)") }
            found = Self.port(in: child.errors)
            return found != nil
        }
        port = found ?? 0
        try await eventually("the gateway is ready") { (try? await get("/readyz").status) == 200 }
        if awaitsRedis { try await eventually("the gateway has Redis") { try await readiness().redis } }
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// What the gateway has logged so far.
    var log: String { child.errors }

    /// How many log lines contain a text.
    func logLines(with text: String) -> Int {
        log.split(separator: "\n").count { $0.contains(text) }
    }

    /// Ends the gateway as an orchestrator would.
    /// - Returns: its exit code.
    func terminate() async throws -> Int32 {
        child.signal(SIGTERM)
        return try await child.wait()
    }

    /// Ends the gateway as a crash would.
    func kill() async throws {
        child.signal(SIGKILL)
        _ = try await child.wait()
    }

    private static func port(in log: String) -> Int? {
        guard let line = log.split(separator: "\n").first(where: { $0.contains("listening") }),
            let digits = line.split(separator: "127.0.0.1:").last?.prefix(while: \.isNumber)
        else { return nil }
        return Int(digits)
    }
}
