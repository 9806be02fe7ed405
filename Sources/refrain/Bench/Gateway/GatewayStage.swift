#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import CurlClient
import FoundationEssentials
import GatewayConfig
import LoadGenerator
import MockProvider
import NIOCore

/// The servers of the benchmark. All end with this object.
final class GatewayStage {
    let directory: WorkDirectory
    let cores: Cores
    let redisPort: Int
    /// Whether this build keeps answers in the process.
    private(set) var knowsHot = false
    private(set) var processes: [ServerName: ChildProcess] = [:]
    private var ports: [ServerName: Int] = [:]
    private let modelDirectory: String
    private let curl: CurlClient

    /// Time before each token of the paced provider, in milliseconds.
    static let pace = 5
    /// What the slow provider takes, in milliseconds.
    static let delay = 100
    /// Tokens of an answer; with role, finish reason and [DONE] that makes 33 frames.
    static let answerTokens = 30

    /// Starts Redis and the providers.
    init(modelDirectory: String, directory: WorkDirectory, cores: Cores, curl: CurlClient) async throws {
        self.directory = directory
        self.cores = cores
        self.curl = curl
        self.modelDirectory = try Self.absolute(modelDirectory)
        let free = try await FreePorts.take(ServerName.allCases.count)
        guard free.count == ServerName.allCases.count else { throw BenchError("no free ports") }
        ports = Dictionary(uniqueKeysWithValues: zip(ServerName.allCases, free))
        redisPort = ports[.redis] ?? 0
        processes[.redis] = try ChildProcess(
            [
                "redis-server", "--port", "\(redisPort)", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
                "--dir", directory.path,
            ], core: cores.rest, log: directory.path("redis.log"), litter: directory)
        try directory.write(String(repeating: "6b", count: 32), to: "cache.key")
        try directory.write(GatewayProfile.clientKey, to: "client.key")
        try await startProvider(.mock, [])
        let stamps = Array(repeating: MockStamp.blank, count: Self.answerTokens).joined(separator: " ")
        try await startProvider(.paced, ["--token-ms", "\(Self.pace)", "--answer", stamps, "--stamp-frames"])
        try await startProvider(.slow, ["--latency-ms", "\(Self.delay)"])
        knowsHot = (try? configuration(of: .hot, knowsHot: true)) != nil
    }

    func target(_ name: ServerName) -> LoadTarget { LoadTarget(port: ports[name] ?? 0) }

    /// All that run.
    var targets: [ServerName: LoadTarget] {
        Dictionary(uniqueKeysWithValues: processes.keys.map { ($0, target($0)) })
    }

    private func startProvider(_ name: ServerName, _ options: [String]) async throws {
        let command = [
            try Self.program(), "mock-provider", "--port", "\(target(name).port)", "--answer-tokens",
            "\(Self.answerTokens)",
        ]
        processes[name] = try ChildProcess(
            command + options, core: cores.rest, log: directory.path("\(name.rawValue).log"))
        try await awaitAnswer(from: name)
    }

    /// Starts a peer with its configuration from `folder`.
    /// - Returns: how long it took to its first answer.
    func startPeer(_ peer: PeerServer, folder: String) async throws -> Duration {
        guard let template = ProcFile.text("\(folder)/\(peer.template)") else {
            throw BenchError("cannot read \(folder)/\(peer.template)")
        }
        let text = try PeerTemplate.fill(
            template,
            [
                "port": "\(target(peer.name).port)", "mock_port": "\(target(.mock).port)",
                "paced_port": "\(target(.paced).port)", "slow_port": "\(target(.slow).port)",
                "redis_port": "\(redisPort)", "directory": directory.path, "user": geteuid() == 0 ? "user root;" : "",
            ])
        let path = try directory.write(text, to: peer.template)
        let start = ContinuousClock.now
        processes[peer.name] = try ChildProcess(
            peer.command(configuration: path, directory: directory), core: cores.server,
            log: directory.path("\(peer.name.rawValue).log"))
        try await awaitAnswer(from: peer.name)
        return start.duration(to: .now)
    }

    /// Starts a gateway anew.
    /// - Parameter preload: a library to load into it, with its environment, as `NAME=value`.
    /// - Returns: how long it took to its first answer.
    func startGateway(_ name: ServerName, preload: [String] = []) async throws -> Duration {
        stop(name)
        let path = try writeConfiguration(of: name, knowsHot: knowsHot)
        let environment = preload.isEmpty ? [] : ["env"] + preload
        let command = environment + [try Self.program(), "serve", "--config", path]
        let start = ContinuousClock.now
        processes[name] = try ChildProcess(
            command, core: name == .wide ? nil : cores.server, log: directory.path("\(name.rawValue).log"))
        try await awaitAnswer(from: name)
        return start.duration(to: .now)
    }

    func stop(_ name: ServerName) {
        processes[name]?.stop()
        processes[name] = nil
    }

    func stopAll() {
        for name in ServerName.allCases.reversed() { stop(name) }
    }

    /// What `serve` would read.
    func configuration(of name: ServerName) throws -> GatewayConfiguration {
        try configuration(of: name, knowsHot: knowsHot)
    }

    private func configuration(of name: ServerName, knowsHot: Bool) throws -> GatewayConfiguration {
        try GatewayConfiguration.check(path: writeConfiguration(of: name, knowsHot: knowsHot))
    }

    private func writeConfiguration(of name: ServerName, knowsHot: Bool) throws -> String {
        let place = GatewayPlace(
            port: target(name).port, redisPort: redisPort, mockPort: target(.mock).port,
            pacedPort: target(.paced).port, slowPort: target(.slow).port, directory: directory.path,
            modelDirectory: modelDirectory)
        let profile = GatewayProfile.all[name] ?? GatewayProfile()
        return try directory.write(profile.text(place, knowsHot: knowsHot), to: "\(name.rawValue).yaml")
    }

    // MARK: - Answers

    /// Waits until a gateway has all stored entries at hand.
    /// - Returns: how many there are.
    func awaitMirror(of name: ServerName) async throws -> Int {
        BenchProgress.show("mirroring into \(name.rawValue)")
        let end = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < end {
            let readiness = try await answer("GET", name, "/readyz")
            if readiness.contains("\"mirror_complete\":true") {
                let count = readiness.split(separator: "\"mirror_entries\":").last?.prefix { $0.isNumber } ?? ""
                return Int(count) ?? 0
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw BenchError("the mirror of \(name.rawValue) was not complete after two minutes")
    }

    /// Waits for the answer to a question, which no server has without all it needs.
    private func awaitAnswer(from name: ServerName) async throws {
        let end = ContinuousClock.now + .seconds(20)
        var last = ""
        while ContinuousClock.now < end, processes[name]?.isAlive == true {
            do {
                _ = try await answer("POST", name, "/v1/chat/completions")
                return
            } catch {
                last = "\(error)"
            }
            try await Task.sleep(for: .milliseconds(2))
        }
        let log = ProcFile.text(directory.path("\(name.rawValue).log"))?.suffix(800) ?? ""
        throw BenchError("\(name.rawValue) did not answer on port \(target(name).port): \(last)\n\(log)")
    }

    private func answer(_ method: String, _ name: ServerName, _ path: String) async throws -> String {
        let body = GatewayLegs.body(model: "any", question: "Is anybody there?")
        let request = CurlRequest(
            method: method, url: "http://127.0.0.1:\(target(name).port)\(path)",
            headers: [
                (name: "content-type", value: "application/json"),
                (name: "authorization", value: "Bearer \(GatewayProfile.clientKey)"),
            ],
            body: method == "POST" ? ByteBuffer(string: body) : nil,
            deadlines: CurlDeadlines(connect: .seconds(1), firstByte: .seconds(5), total: .seconds(5)),
            allowsPrivateAddresses: true)
        let response = try await curl.execute(request)
        let text = String(buffer: try await response.body.collect(upTo: 1 << 20))
        guard response.status == 200 else { throw BenchError("\(path) answered \(response.status): \(text)") }
        return text
    }

    /// This command's own file.
    static func program() throws -> String {
        try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    }

    /// The folder of a model as servers find it that stand elsewhere.
    static func absolute(_ path: String) throws -> String {
        guard FileManager.default.fileExists(atPath: path + "/model.safetensors") else {
            throw BenchError("\(path) holds no model.safetensors; 'make model' fetches it")
        }
        return path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }
}
