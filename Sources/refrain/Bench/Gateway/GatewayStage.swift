import CurlClient
import FoundationEssentials
import GatewayConfig
import LoadGenerator
import NIOCore

/// The servers of the benchmark, started in this order and ended with this object.
final class GatewayStage {
    let directory: WorkDirectory
    let cores: Cores
    let redis: ChildProcess
    let mock: ChildProcess
    let paced: ChildProcess
    /// Nil when nginx is not installed.
    let nginx: ChildProcess?
    private(set) var gateway: ChildProcess?

    let redisPort: Int
    let mockTarget: LoadTarget
    let pacedTarget: LoadTarget
    let nginxTarget: LoadTarget
    let gatewayTarget: LoadTarget
    private let modelDirectory: String
    private let curl: CurlClient

    /// Time before each token of the paced mock, in milliseconds.
    static let pace = 5
    /// Tokens of an answer; with role, finish reason and [DONE] that makes 33 frames.
    static let answerTokens = 30

    init(modelDirectory: String, directory: WorkDirectory, cores: Cores, curl: CurlClient) async throws {
        self.directory = directory
        self.cores = cores
        self.modelDirectory = try Self.absolute(modelDirectory)
        self.curl = curl
        let ports = try await FreePorts.take(5)
        guard ports.count == 5 else { throw BenchError("no free ports") }
        redisPort = ports[0]
        mockTarget = LoadTarget(port: ports[1])
        pacedTarget = LoadTarget(port: ports[2])
        nginxTarget = LoadTarget(port: ports[3])
        gatewayTarget = LoadTarget(port: ports[4])
        redis = try ChildProcess(
            [
                "redis-server", "--port", "\(ports[0])", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
                "--dir", directory.path,
            ], core: cores.rest, log: directory.path("redis.log"), litter: directory)
        let program = try Self.program()
        let answers = ["--answer-tokens", "\(Self.answerTokens)"]
        mock = try ChildProcess(
            [program, "mock-provider", "--port", "\(ports[1])"] + answers, core: cores.rest,
            log: directory.path("mock.log"))
        paced = try ChildProcess(
            [program, "mock-provider", "--port", "\(ports[2])", "--token-ms", "\(Self.pace)"] + answers,
            core: cores.rest, log: directory.path("paced.log"))
        if NginxConfig.isInstalled {
            let config = NginxConfig(
                port: ports[3], mockPort: ports[1], pacedPort: ports[2], directory: directory.path)
            let path = try directory.write(config.text, to: "nginx.conf")
            nginx = try ChildProcess(
                [NginxConfig.program, "-c", path, "-e", directory.path("nginx-error.log")], core: cores.server,
                log: directory.path("nginx.log"))
        } else {
            nginx = nil
        }
        try await awaitAnswer(from: mockTarget, "/v1/models", of: mock, named: "mock")
        try await awaitAnswer(from: pacedTarget, "/v1/models", of: paced, named: "paced")
        if let nginx { try await awaitAnswer(from: nginxTarget, "/v1/models", of: nginx, named: "nginx") }
        try directory.write(String(repeating: "6b", count: 32), to: "cache.key")
    }

    /// Starts the gateway anew and returns how long it took to its first answer.
    func startGateway(mode: String) async throws -> Duration {
        stopGateway()
        let path = try writeConfiguration(mode: mode)
        let program = try Self.program()
        let start = ContinuousClock.now
        let child = try ChildProcess(
            [program, "serve", "--config", path], core: cores.server, log: directory.path("refrain.log"))
        gateway = child
        try await awaitAnswer(from: gatewayTarget, "/readyz", of: child, named: "refrain")
        return start.duration(to: .now)
    }

    func stopGateway() {
        gateway?.stop()
        gateway = nil
    }

    /// What `serve` and `cache import` would read.
    func configuration(mode: String) throws -> GatewayConfiguration {
        try GatewayConfiguration.load(path: writeConfiguration(mode: mode))
    }

    /// The body of `/readyz`.
    func readiness() async throws -> String {
        try await get(gatewayTarget, "/readyz")
    }

    private func writeConfiguration(mode: String) throws -> String {
        // Timeouts are long: on a busy machine a late answer should show as latency, not as a miss.
        try directory.write(
            """
            server: {port: \(gatewayTarget.port)}
            log: {level: notice}
            redis: {url: "redis://127.0.0.1:\(redisPort)", command_timeout: 1s}
            cache: {mode: \(mode), key: "file:\(directory.path("cache.key"))", threshold: 0.8}
            embedding: {model_dir: "\(modelDirectory)", deadline: 5s}
            providers:
              - {name: mock, base_url: "http://127.0.0.1:\(mockTarget.port)/v1"}
              - {name: paced, base_url: "http://127.0.0.1:\(pacedTarget.port)/v1"}
            routes:
              - {model: paced, targets: [{provider: paced}]}
              - {model: "*", targets: [{provider: mock}]}

            """, to: "refrain.yaml")
    }

    private func awaitAnswer(
        from target: LoadTarget, _ path: String, of child: ChildProcess, named name: String
    ) async throws {
        let end = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < end, child.isAlive {
            if (try? await get(target, path)) != nil { return }
            try await Task.sleep(for: .milliseconds(2))
        }
        let log = ProcFile.text(directory.path("\(name).log"))?.suffix(800) ?? ""
        throw BenchError("\(name) did not start on port \(target.port)\n\(log)")
    }

    private func get(_ target: LoadTarget, _ path: String) async throws -> String {
        let request = CurlRequest(
            method: "GET", url: "http://\(target.host):\(target.port)\(path)", headers: [], body: nil,
            deadlines: CurlDeadlines(connect: .seconds(1), firstByte: .seconds(5), total: .seconds(5)))
        let response = try await curl.execute(request)
        let body = try await response.body.collect(upTo: 1 << 20)
        guard response.status == 200 else { throw BenchError("\(path) answered \(response.status)") }
        return String(buffer: body)
    }

    private static func program() throws -> String {
        try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    }

    private static func absolute(_ path: String) throws -> String {
        guard FileManager.default.fileExists(atPath: path + "/model.safetensors") else {
            throw BenchError("\(path) holds no model.safetensors; 'make model' fetches it")
        }
        return path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }
}
