import GatewayCore
import GatewayTesting
import NIOCore
import Policy
import Routing
import SemanticCache
import Upstream

@testable import Pipeline

/// A pipeline whose answers are due after 100 seconds, live for 1000 and are kept for 500 more, by a clock that the
/// test moves. What providers and limits take is counted by a store in memory.
struct RefreshFixture {
    typealias Base = PipelineFixture

    let base: Base
    let clock = SettableClock()
    let store: InMemoryCacheStore
    let leases: InMemoryRefreshStore
    let desk: RefreshDesk
    let pipeline: Pipeline
    let tenant = TenantID("acme")

    static func run(
        mode: CacheConfiguration.Mode = .exact, refreshLimit: Int = 8, requestsLimit: Int? = nil,
        retry: RetryRule = .none,
        script: @escaping ScriptedServer.Script = { try await $0.respond(body: Base.answer) },
        _ body: (RefreshFixture) async throws -> Void
    ) async throws {
        try await Base.run(mode: mode, script: script) { base in
            let fixture = RefreshFixture(
                base, mode: mode, refreshLimit: refreshLimit, requestsLimit: requestsLimit, retry: retry)
            do {
                try await body(fixture)
            } catch {
                await fixture.desk.shutdown()
                throw error
            }
            await fixture.desk.shutdown()
        }
    }

    private init(
        _ base: Base, mode: CacheConfiguration.Mode, refreshLimit: Int, requestsLimit: Int?, retry: RetryRule
    ) {
        self.base = base
        let clock = clock
        store = InMemoryCacheStore { clock.now }
        leases = InMemoryRefreshStore(store) { clock.now }
        var cache = CacheConfiguration()
        cache.mode = mode
        cache.timeToLive = .seconds(1000)
        cache.freshness.jitter = 0
        cache.freshness.earliness = 0
        cache.freshness.softTimeToLive = .seconds(100)
        cache.freshness.staleIfError = .seconds(500)
        cache.freshness.refreshLimit = refreshLimit
        desk = RefreshDesk(store: leases, rules: cache.freshness, recorder: base.pipeline.recorder)
        var routing = RoutingConfiguration()
        routing.providers = [
            ProviderConfiguration(name: "p", baseURL: base.provider.url("/v1"), allowsPrivateAddresses: true)
        ]
        routing.routes = [
            RouteConfiguration(model: "m", targets: [TargetConfiguration(provider: "p", model: "served")])
        ]
        routing.routes[0].retry = retry
        var rules = TenantRules(tenant)
        rules.scope.limits.requests = requestsLimit
        routing.tenants = requestsLimit == nil ? [:] : [tenant: rules]
        pipeline = Pipeline(
            directory: base.pipeline.directory, analyzer: base.pipeline.analyzer,
            cache: CacheStage(
                mode: mode,
                lookup: CacheLookup(
                    store: store, index: base.index, scanner: base.scanner, rule: SimilarityRule(threshold: 0.9),
                    candidates: 4, freshness: cache.freshness) { clock.now },
                encoder: mode == .semantic ? EncoderStage(embedder: base.encoder, deadline: .seconds(30)) : nil),
            router: Router(
                configuration: routing, health: base.health, limits: requestsLimit == nil ? nil : LocalLimitStore()),
            upstream: base.pipeline.upstream,
            writer: CacheWriter(store: store, configuration: cache, refreshes: leases) { clock.now },
            recorder: base.pipeline.recorder, refreshes: desk)
    }

    func ask(
        _ question: String, more: String = "", _ change: (inout CallerHeaders) -> Void = { _ in }
    ) async -> (record: ExchangeRecord, text: String) {
        var headers = CallerHeaders()
        change(&headers)
        let exchange = Exchange(recorder: pipeline.recorder, client: PatientClient())
        let reply = await pipeline.respond(
            to: .init(string: Base.body(question, more: more)), headers: headers,
            scope: CacheScope(tenant: tenant), exchange: exchange)
        let text = await reply.text()
        await exchange.finish(isClientGone: false)
        return (exchange.record, text)
    }

    /// How many times making an answer anew came to this.
    func refreshes(_ result: RefreshResult) -> Int {
        value("refrain_cache_refreshes_total{result=\"\(result.rawValue)\"}")
    }

    /// The value of one series.
    func value(_ series: String) -> Int {
        let line = base.exposition.split(separator: "\n").first { $0.hasPrefix(series + " ") }
        return line?.split(separator: " ").last.flatMap { Int($0) } ?? 0
    }

    /// Waits until making an answer anew has come to this.
    func awaitRefresh(_ result: RefreshResult, count: Int = 1) async throws {
        while refreshes(result) < count { try await Task.sleep(for: .milliseconds(1)) }
    }

    var calls: Int { base.provider.record.requests.count }
}
