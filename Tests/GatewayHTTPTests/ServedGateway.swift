import CurlClient
import GatewayCore
import GatewayTesting
import NIOCore
import NIOPosix
import Policy
import RequestAnalysis
import Routing
import SemanticCache
import ServiceLifecycle
import Telemetry
import Upstream

@testable import GatewayHTTP
@testable import Pipeline

/// The application on a free port, over a store in memory and a provider the test scripts.
struct ServedGateway {
    let port: Int
    let provider: ScriptedServer
    let lines: LogLines
    /// Ends when the server has ended.
    let running: Task<Void, Never>
    private let group: ServiceGroup

    /// Asks the server to end, as SIGTERM does.
    func terminate() async { await group.triggerGracefulShutdown() }

    static let answer = #"{"id":"1","object":"chat.completion","model":"served","choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}]}"#
    static let ended = "exchange ended"

    struct Health: GatewayHealth {
        var isReady = true
        var isStoreUp = false
        var isMirrorComplete = true
        var mirroredEntries = 12
        var encoder = EncoderHealth.failed
    }

    static func body(_ question: String, more: String = "") -> String {
        #"{"model":"m","messages":[{"role":"user","content":"\#(question)"}]\#(more)}"#
    }

    static func run(
        health: Health = Health(), server: ServerConfiguration = ServerConfiguration(),
        policy: PolicyConfiguration = PolicyConfiguration(),
        routing change: (inout RoutingConfiguration) -> Void = { _ in },
        script: @escaping ScriptedServer.Script = { try await $0.respond(body: answer) },
        _ body: (ServedGateway) async throws -> Void
    ) async throws {
        let provider = try await ScriptedServer.start(script: script)
        let curl = try CurlClient()
        let scanner = VectorScanner(dimension: 1, queueLimit: 1)
        let lines = LogLines()
        var server = server
        server.port = 0
        let services = GatewayServices(
            pipeline: pipeline(
                routing: routing(to: provider, change), policy: policy, curl: curl, scanner: scanner, lines: lines),
            health: health,
            metrics: { ByteBuffer(string: "a_metric 1\n") })
        // Of its own: what a slow test computes on it holds up no other.
        let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let (ports, opened) = AsyncStream<Int>.makeStream()
        let gateway = GatewayServer(
            configuration: server, services: services, group: loops, onListening: { opened.yield($0) })
        let group = ServiceGroup(services: [gateway], logger: lines.logger)
        let running = Task<Void, Never> { try? await group.run() }
        var iterator = ports.makeAsyncIterator()
        let port = await iterator.next(isolation: #isolation) ?? 0
        let result: Result<Void, any Error>
        do {
            result = .success(
                try await body(
                    ServedGateway(port: port, provider: provider, lines: lines, running: running, group: group)))
        } catch {
            result = .failure(error)
        }
        running.cancel()
        await provider.stop()
        await running.value
        await curl.shutdown()
        scanner.shutdown()
        try await loops.shutdownGracefully()
        try result.get()
    }

    private static func routing(
        to provider: ScriptedServer, _ change: (inout RoutingConfiguration) -> Void
    ) -> RoutingConfiguration {
        var routing = RoutingConfiguration()
        routing.providers = [
            ProviderConfiguration(name: "p", baseURL: provider.url("/v1"), allowsPrivateAddresses: true)
        ]
        routing.routes = ["m", "org/model:7b"].map {
            RouteConfiguration(model: $0, targets: [TargetConfiguration(provider: "p")])
        }
        change(&routing)
        return routing
    }

    private static func pipeline(
        routing: RoutingConfiguration, policy: PolicyConfiguration, curl: CurlClient, scanner: VectorScanner,
        lines: LogLines
    ) -> Pipeline {
        var cache = CacheConfiguration()
        cache.mode = .exact
        let store = InMemoryCacheStore()
        return Pipeline(
            directory: TenantDirectory(configuration: policy),
            analyzer: RequestAnalyzer(configuration: RequestAnalysisConfiguration()),
            cache: CacheStage(
                mode: .exact,
                lookup: CacheLookup(
                    store: store, index: VectorIndex(dimension: 1), scanner: scanner,
                    rule: SimilarityRule(threshold: 0.9), candidates: 1),
                encoder: nil),
            router: Routing.Router(configuration: routing, health: HealthBoard(replica: "r"), limits: nil),
            upstream: UpstreamCaller(curl: curl, configuration: UpstreamConfiguration(), logger: lines.logger),
            writer: CacheWriter(store: store, configuration: cache),
            recorder: Telemetry.Recorder(
                instruments: Instruments(factory: PrometheusRegistry()), logger: lines.logger))
    }
}
