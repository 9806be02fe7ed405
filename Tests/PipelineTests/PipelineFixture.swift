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

/// A pipeline over a store in memory, an encoder with circular thoughts and a provider the test scripts.
struct PipelineFixture {
    let provider: ScriptedServer
    let store: FakeStore
    let encoder: FakeEncoder
    /// Nil where the encoder is believed without.
    let check: EncoderCheck?
    let health = HealthBoard(replica: "r")
    let lines: LogLines
    let registry: PrometheusRegistry
    let pipeline: Pipeline
    private let curl: CurlClient
    let scanner: VectorScanner
    /// Answers found by the encoder before.
    let formerHits = NIOLockedValueBox(0)
    /// Whether nothing is left that only that one finds.
    let isFormerOver = NIOLockedValueBox(false)
    let index: VectorIndex

    static let ended = "exchange ended"
    static let answer = #"{"id":"1","object":"chat.completion","created":1,"model":"served","choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}"#

    static func run(
        mode: CacheConfiguration.Mode = .semantic, hasEncoder: Bool = true, deadline: Duration = .seconds(30),
        learning: LearningRule? = nil, shares: Bool = false, fleet: FleetFlights? = nil,
        policy: CachePolicy = CachePolicy(), judgesHits: Bool = false, isChecked: Bool = false,
        former: FakeEncoder? = nil,
        uptime: @escaping @Sendable () -> Duration = { .zero },
        script: @escaping ScriptedServer.Script = { try await $0.respond(body: answer) },
        _ body: (PipelineFixture) async throws -> Void
    ) async throws {
        let fixture = try await PipelineFixture(
            mode: mode, hasEncoder: hasEncoder, deadline: deadline, learning: learning,
            sharing: shares ? .some(fleet) : nil, policy: policy, judgesHits: judgesHits, isChecked: isChecked,
            former: former, uptime: uptime, script: script)
        do {
            try await body(fixture)
        } catch {
            await fixture.stop()
            throw error
        }
        await fixture.stop()
    }

    private init(
        mode: CacheConfiguration.Mode, hasEncoder: Bool, deadline: Duration, learning: LearningRule?,
        sharing: FleetFlights??, policy cachePolicy: CachePolicy, judgesHits: Bool, isChecked: Bool,
        former: FakeEncoder?,
        uptime: @escaping @Sendable () -> Duration, script: @escaping ScriptedServer.Script
    ) async throws {
        provider = try await ScriptedServer.start(script: script)
        curl = try CurlClient()
        encoder = FakeEncoder()
        lines = LogLines()
        check = isChecked
            ? EncoderCheck(embedder: encoder, store: CanaryMemory(), floor: .remote, logger: lines.logger) : nil
        registry = PrometheusRegistry()
        index = VectorIndex(dimension: 16)
        store = FakeStore(index: index)
        scanner = VectorScanner(dimension: 16, queueLimit: 64)
        var cache = CacheConfiguration()
        cache.mode = mode
        cache.standards = HitStandards(.threshold(0.9))
        var routing = RoutingConfiguration()
        routing.providers = [
            ProviderConfiguration(name: "p", baseURL: provider.url("/v1"), allowsPrivateAddresses: true)
        ]
        routing.routes = [RouteConfiguration(model: "m", targets: [TargetConfiguration(provider: "p", model: "p-m")])]
        routing.routes[0].learning = learning
        routing.routes[0].cache = cachePolicy
        var policy = PolicyConfiguration()
        policy.tenants = [
            TenantConfiguration(id: TenantID("acme"), keys: [Secret("sk")]),
            TenantConfiguration(id: TenantID("other"), keys: [Secret("sk-2")]),
        ]
        let lookup = CacheLookup(
            store: store, index: index, scanner: scanner, rule: SimilarityRule(threshold: 0.9), candidates: 4)
        let (hits, isOver) = (formerHits, isFormerOver)
        pipeline = Pipeline(
            directory: TenantDirectory(configuration: policy),
            analyzer: RequestAnalyzer(configuration: RequestAnalysisConfiguration()),
            cache: CacheStage(
                mode: mode, lookup: lookup,
                encoder: hasEncoder ? EncoderStage(embedder: encoder, deadline: deadline, check: check) : nil,
                // Over the same index, where its vectors stand once the other encoder has turned to others.
                former: former.map {
                    FormerSearch(
                        encoder: EncoderStage(embedder: $0, deadline: deadline), lookup: lookup, patience: deadline,
                        isOver: { isOver.withLockedValue { $0 } },
                        onHit: { hits.withLockedValue { $0 += 1 } })
                }),
            router: Router(
                configuration: routing, health: health, limits: nil,
                learning: LearningPlace(space: LearningSpace(encoder: encoder.identity), replica: "r")),
            upstream: UpstreamCaller(curl: curl, configuration: UpstreamConfiguration(), logger: lines.logger),
            writer: CacheWriter(store: store, configuration: cache),
            recorder: Recorder(instruments: Instruments(factory: registry), logger: lines.logger),
            coalescing: sharing.map { [cache] in
                Coalescing(configuration: cache, fleet: $0, lookup: lookup, uptime: uptime)
            },
            judgments: judgesHits
                ? HitJudgments(store: store, accusations: store.base, desk: nil, logger: lines.logger) : nil)
    }

    private func stop() async {
        await curl.shutdown()
        scanner.shutdown()
        await provider.stop()
    }

    static func body(_ question: String, more: String = "") -> String {
        #"{"model":"m","messages":[{"role":"user","content":"\#(question)"}]\#(more)}"#
    }

    /// Sends a request, reads the reply to its end and lets the exchange go.
    func ask(
        _ body: String, key: String? = "sk", api: ClientAPI = .chat, client: any ClientPresence = PatientClient(),
        _ change: (inout CallerHeaders) -> Void = { _ in }
    ) async -> (record: ExchangeRecord, text: String) {
        var headers = CallerHeaders()
        headers.key = key
        change(&headers)
        let exchange = Exchange(recorder: pipeline.recorder, client: client, api: api)
        let reply: Reply
        do throws(GatewayError) {
            let scope = try pipeline.directory.identify(headers)
            reply = await pipeline.respond(
                to: ByteBuffer(string: body), headers: headers, scope: scope, exchange: exchange)
        } catch {
            reply = Reply(refusing: error, exchange: exchange)
        }
        let text = await reply.text()
        await exchange.finish(isClientGone: false)
        return (exchange.record, text)
    }

    /// What `/metrics` would show.
    var exposition: String {
        var text = ByteBuffer()
        registry.writeExposition(into: &text, process: ProcessFigures.current())
        return String(buffer: text)
    }

    var recorded: Int { lines.count(of: Self.ended) }
}

extension Reply {
    /// The whole body as a client would read it.
    func text() async -> String {
        switch body {
        case .json(let json): return String(buffer: json)
        case .frames(let frames): return frames.map { String(buffer: $0) }.joined()
        case .stream(let tee):
            var text = ""
            while let frame = await tee.next() { text += String(buffer: frame) }
            return text
        }
    }
}
