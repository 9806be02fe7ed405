import Embedding
import GatewayCore
import GatewayTesting
import NIOCore
import Routing
import SemanticCache
import Telemetry
import Testing
import Upstream

@testable import Pipeline

/// What a route decides beyond its targets.
@Suite("The rules of a route", .timeLimit(.minutes(1)))
struct RouteRuleTests {
    private typealias Fixture = PipelineFixture

    /// An encoder that finds “commence” near to every other question, and “start” far from it.
    private struct WordEncoder: Embedder {
        let identity = EncoderIdentity(name: "words", fingerprint: "1", dimension: 16)

        func embed(_ text: String, into promise: EmbeddingPromise) {
            // The angles of the other encoder: 5° has the cosine 0.996, 60° has 0.5.
            let angle = text.contains("start") ? "60" : text.contains("commence") ? "5" : "0"
            promise.settle(.success(FakeEncoder.vector(angle)))
        }
    }

    /// Runs `body` over the fixture's provider and records, with routes of its own.
    private static func withRoutes(
        _ routes: [RouteConfiguration], _ body: (Fixture, Pipeline) async throws -> Void
    ) async throws {
        try await Fixture.run { fixture in
            var routing = RoutingConfiguration()
            routing.providers = [
                ProviderConfiguration(name: "p", baseURL: fixture.provider.url("/v1"), allowsPrivateAddresses: true)
            ]
            routing.routes = routes
            let index = VectorIndex(dimension: 16)
            let store = FakeStore(index: index)
            let scanner = VectorScanner(dimension: 16, queueLimit: 64)
            let lookup = CacheLookup(
                store: store, index: index, scanner: scanner, rule: SimilarityRule(threshold: 0.9), candidates: 4)
            let base = fixture.pipeline
            let pipeline = Pipeline(
                directory: base.directory, analyzer: base.analyzer,
                cache: CacheStage(
                    mode: .semantic, lookup: lookup,
                    encoder: EncoderStage(embedder: WordEncoder(), deadline: .seconds(30))),
                router: Router(configuration: routing, health: HealthBoard(replica: "r"), limits: nil),
                upstream: base.upstream,
                writer: CacheWriter(store: store, configuration: CacheConfiguration()), recorder: base.recorder)
            defer { scanner.shutdown() }
            try await body(fixture, pipeline)
        }
    }

    private static func body(_ question: String, model: String) -> String {
        #"{"model":"\#(model)","messages":[{"role":"user","content":"\#(question)"}]}"#
    }

    @Test("A route's own threshold decides a hit, above and below the cache's; without one the cache's does")
    func threshold() async throws {
        let target = TargetConfiguration(provider: "p", model: "p-m")
        let routes = [
            RouteConfiguration(model: "usual", targets: [target]),
            RouteConfiguration(model: "strict", targets: [target], threshold: 0.999),
            RouteConfiguration(model: "loose", targets: [target], threshold: 0.45),
        ]
        try await Self.withRoutes(routes) { fixture, pipeline in
            let cases: [(model: String, near: CacheOutcome, far: CacheOutcome)] = [
                ("usual", .hitSemantic, .miss), ("strict", .miss, .miss), ("loose", .hitSemantic, .hitSemantic),
            ]
            for (model, near, far) in cases {
                let first = await fixture.ask(Self.body("how do I begin", model: model), of: pipeline)
                #expect(first.write == .stored)
                for (question, expected) in [("how do I commence", near), ("how do I start", far)] {
                    // Not stored, so that the next question meets the first alone.
                    let asked = await fixture.ask(Self.body(question, model: model), of: pipeline) {
                        $0.cacheControl = ["no-store"]
                    }
                    #expect(asked.outcome == expected, "\(question) on \(model)")
                    if expected == .miss { #expect(asked.missReason == .below) }
                }
            }
        }
    }

    @Test("A stream that breaks late counts against its target: the next request tries another first")
    func lateFailure() async throws {
        let chunk = #"{"id":"1","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"a"}}]}"#
        let flaky = try await ScriptedServer.start { exchange in
            try await exchange.eventHead()
            try await exchange.event(chunk)
            try await exchange.reset()
        }
        try await Fixture.run { fixture in
            var routing = RoutingConfiguration()
            routing.providers = [
                ProviderConfiguration(name: "flaky", baseURL: flaky.url("/v1"), allowsPrivateAddresses: true),
                ProviderConfiguration(
                    name: "sound", baseURL: fixture.provider.url("/v1"), allowsPrivateAddresses: true),
            ]
            routing.routes = [
                RouteConfiguration(model: "m", targets: [.init(provider: "flaky"), .init(provider: "sound")])
            ]
            let base = fixture.pipeline
            let pipeline = Pipeline(
                directory: base.directory, analyzer: base.analyzer, cache: base.cache,
                router: Router(configuration: routing, health: HealthBoard(replica: "r"), limits: nil),
                upstream: base.upstream, writer: base.writer, recorder: base.recorder)
            // Two failures near to each other are what opens a target with little traffic.
            for question in ["0 a", "0 c"] {
                let broken = await fixture.ask(Fixture.body(question, more: #","stream":true"#), of: pipeline)
                #expect(broken.errorCode == .streamTruncated)
                #expect(broken.attempts.map(\.deployment) == [DeploymentID("flaky")])
                #expect(broken.attempts.last?.result != "ok")
            }
            let next = await fixture.ask(Fixture.body("0 b"), of: pipeline)
            #expect(next.attempts.map(\.deployment) == [DeploymentID("sound")])
            #expect(flaky.record.requests.count == 2)
            #expect(fixture.provider.record.requests.count == 1)
        }
        await flaky.stop()
    }
}

extension PipelineFixture {
    /// Sends a request to another pipeline than the fixture's own, and reads the reply to its end.
    fileprivate func ask(
        _ body: String, of pipeline: Pipeline, _ change: (inout CallerHeaders) -> Void = { _ in }
    ) async -> ExchangeRecord {
        var headers = CallerHeaders()
        change(&headers)
        let exchange = Exchange(recorder: pipeline.recorder, client: PatientClient())
        let scope = CacheScope(tenant: TenantID("acme"), namespace: "")
        let reply = await pipeline.respond(
            to: .init(string: body), headers: headers, scope: scope, exchange: exchange)
        _ = await reply.text()
        await exchange.finish(isClientGone: false)
        return exchange.record
    }
}
