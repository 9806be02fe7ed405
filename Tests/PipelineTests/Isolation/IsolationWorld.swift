import CurlClient
import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import NIOCore
import Policy
import RequestAnalysis
import Routing
import SemanticCache
import Telemetry
import Upstream

@testable import Pipeline

/// A whole pipeline over a store in memory, asked by several callers at once; its provider answers with the wall that
/// the request was made behind.
struct IsolationWorld {
    /// What came of the requests.
    struct Tally: Sendable {
        var requests = 0
        var exact = 0
        var similar = 0
        var calls = 0
        var failures = 0
        /// Answers of another wall, a few of them in words.
        var crossHits = 0
        var examples: [String] = []
    }

    private let pipeline: Pipeline
    private let provider: ScriptedServer
    private let curl: CurlClient
    private let scanner: VectorScanner

    static func run(
        _ count: Int, seed: UInt64, forgets: Bool = false, callers: Int = 4
    ) async throws -> Tally {
        let world = try await IsolationWorld()
        let tally = NIOLockedValueBox(Tally())
        await withTaskGroup(of: Void.self) { group in
            for caller in 0..<callers {
                group.addTask {
                    var random = SeededGenerator(seed: seed &+ UInt64(caller))
                    for number in 0..<(count / callers) {
                        let request = IsolatedRequest(
                            number: number * callers + caller, forgets: forgets, using: &random)
                        await world.ask(request, tally)
                    }
                }
            }
        }
        await world.stop()
        return tally.withLockedValue { $0 }
    }

    private init() async throws {
        provider = try await ScriptedServer.start { exchange in
            let body = String(decoding: exchange.request.body, as: UTF8.self)
            let mark = #""prompt_cache_key":""#
            let wall = body.split(separator: mark, maxSplits: 1).last?.prefix { $0 != "\"" } ?? ""
            try await exchange.respond(
                body: #"{"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"wall<\#(wall)>"},"finish_reason":"stop"}]}"#)
        }
        curl = try CurlClient()
        let encoder = AxisEncoder()
        let index = VectorIndex(dimension: 32)
        let store = FakeStore(index: index)
        scanner = VectorScanner(dimension: 32, queueLimit: 64)
        let lines = LogLines()
        var routing = RoutingConfiguration()
        routing.providers = [
            ProviderConfiguration(name: "p", baseURL: provider.url("/v1"), allowsPrivateAddresses: true)
        ]
        routing.routes = ["alone", "apart"].map {
            RouteConfiguration(model: $0, targets: [TargetConfiguration(provider: "p", model: "m")])
        }
        routing.routes[0].cache.followUps = .standalone
        var policy = PolicyConfiguration()
        policy.tenants = (0..<3).map { TenantConfiguration(id: TenantID("tenant-\($0)"), keys: [Secret("key-\($0)")]) }
        let lookup = CacheLookup(
            store: store, index: index, scanner: scanner, rule: SimilarityRule(threshold: 0.9), candidates: 4)
        pipeline = Pipeline(
            directory: TenantDirectory(configuration: policy),
            analyzer: RequestAnalyzer(configuration: RequestAnalysisConfiguration()),
            cache: CacheStage(
                mode: .semantic, lookup: lookup, encoder: EncoderStage(embedder: encoder, deadline: .seconds(30))),
            router: Router(configuration: routing, health: HealthBoard(replica: "r"), limits: nil),
            upstream: UpstreamCaller(curl: curl, configuration: UpstreamConfiguration(), logger: lines.logger),
            writer: CacheWriter(store: store, configuration: CacheConfiguration()),
            recorder: Recorder(instruments: Instruments(factory: PrometheusRegistry()), logger: lines.logger),
            coalescing: Coalescing(configuration: CacheConfiguration(), fleet: nil, lookup: lookup))
    }

    private func stop() async {
        await curl.shutdown()
        scanner.shutdown()
        await provider.stop()
    }

    private func ask(_ request: IsolatedRequest, _ tally: NIOLockedValueBox<Tally>) async {
        let exchange = Exchange(recorder: pipeline.recorder, client: PatientClient())
        let reply: Reply
        do throws(GatewayError) {
            let scope = try pipeline.directory.identify(request.headers)
            reply = await pipeline.respond(
                to: ByteBuffer(string: request.body), headers: request.headers, scope: scope, exchange: exchange)
        } catch {
            reply = Reply(refusing: error, exchange: exchange)
        }
        let text = await reply.text()
        await exchange.finish(isClientGone: false)
        let wall = text.split(separator: "wall<", maxSplits: 1).last?.prefix { $0 != ">" } ?? ""
        let outcome = exchange.record.outcome
        tally.withLockedValue { tally in
            tally.requests += 1
            if reply.status != 200 { return tally.failures += 1 }
            switch outcome {
            case .hitExact?: tally.exact += 1
            case .hitSemantic?: tally.similar += 1
            default: tally.calls += 1
            }
            if request.allows(wall) { return }
            tally.crossHits += 1
            if tally.examples.count < 5 { tally.examples.append("\(wall) to \(request.own)") }
        }
    }
}
