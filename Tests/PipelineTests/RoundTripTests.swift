import GatewayCore
import GatewayTesting
import NIOCore
import Policy
import Routing
import SemanticCache
import Testing

@testable import Pipeline

/// Each call of a store is one round trip to Redis (`RedisCacheStore`, `RedisLimitStore`); here each stands still until
/// the test lets it through.
@Suite("Round trips that a request waits for", .timeLimit(.minutes(1)))
struct RoundTripTests {
    private typealias Fixture = PipelineFixture

    private func pipeline(over fixture: Fixture, _ store: GatedStore, fleet: FleetFlights? = nil) -> Pipeline {
        var routing = RoutingConfiguration()
        routing.providers = [
            ProviderConfiguration(name: "p", baseURL: fixture.provider.url("/v1"), allowsPrivateAddresses: true)
        ]
        var target = TargetConfiguration(provider: "p", model: "served")
        target.limits.requests = 100
        routing.routes = [RouteConfiguration(model: "m", targets: [target])]
        var rules = TenantRules(TenantID("acme"))
        rules.scope.limits.requests = 100
        rules.scope.limits.totalTokens = 100_000
        routing.tenants = [TenantID("acme"): rules]
        let base = fixture.pipeline
        let lookup = CacheLookup(
            store: store, index: fixture.index, scanner: fixture.scanner, rule: SimilarityRule(threshold: 0.9),
            candidates: 4)
        var cache = CacheConfiguration()
        cache.mode = .exact
        return Pipeline(
            directory: base.directory, analyzer: base.analyzer,
            cache: CacheStage(mode: .exact, lookup: lookup, encoder: nil),
            router: Router(configuration: routing, health: HealthBoard(replica: "r"), limits: store),
            upstream: base.upstream, writer: CacheWriter(store: store, configuration: cache),
            recorder: base.recorder,
            coalescing: fleet.map { Coalescing(configuration: cache, fleet: $0, lookup: lookup) })
    }

    private func ask(
        _ question: String, _ pipeline: Pipeline, more: String = ""
    ) async -> (text: String, exchange: Exchange) {
        let exchange = Exchange(recorder: pipeline.recorder, client: PatientClient())
        let reply = await pipeline.respond(
            to: .init(string: Fixture.body(question, more: more)), headers: CallerHeaders(),
            scope: CacheScope(tenant: TenantID("acme")), exchange: exchange)
        return (await reply.text(), exchange)
    }

    @Test("A miss with limits and a cache waits twice, whole or as a stream; a hit once", arguments: [false, true])
    func counted(isStream: Bool) async throws {
        let more = isStream ? #","stream":true"# : ""
        try await Fixture.run(mode: .exact) { fixture in
            let store = GatedStore(entries: fixture.store)
            let pipeline = pipeline(over: fixture, store)
            async let first = ask("0 a", pipeline, more: more)
            await store.pass(["load", "charge"])
            await store.pass(["pick"])
            let miss = await first
            #expect(miss.text.contains("hi"))
            // The client has it all, and the store has been told.
            #expect(store.waiting == ["save"])
            #expect(miss.exchange.isKeeping && miss.exchange.record.write == nil)
            await store.pass(["save"])
            await miss.exchange.finish(isClientGone: false)
            #expect(miss.exchange.record.write == .stored)
            async let second = ask("0 a", pipeline, more: more)
            await store.pass(["load", "charge"])
            let hit = await second
            #expect(hit.exchange.record.outcome == .hitExact)
            #expect(store.waiting.isEmpty)
        }
    }

    @Test("A miss that asks the fleet for the lead waits as often: the claim goes with the pick")
    func claimed() async throws {
        try await Fixture.run(mode: .exact) { fixture in
            let store = GatedStore(entries: fixture.store)
            let leases = ScriptedLeases([], store)
            let fleet = FleetFlights(leases: leases, logger: fixture.lines.logger)
            let pipeline = pipeline(over: fixture, store, fleet: fleet)
            async let first = ask("0 a", pipeline)
            await store.pass(["load", "charge"])
            await store.pass(["claim", "pick"])
            let miss = await first
            #expect(miss.text.contains("hi"))
            #expect(store.waiting == ["save"])
            await store.pass(["save"])
            await miss.exchange.finish(isClientGone: false)
            #expect(miss.exchange.record.write == .stored)
        }
    }

    @Test("What was reserved is given back uncounted when another replica turns out to answer")
    func givenBack() async throws {
        try await Fixture.run(mode: .exact) { fixture in
            let store = GatedStore(entries: fixture.store)
            let token = ScriptedLeases.token(1)
            let leases = ScriptedLeases([.held(token, life: .seconds(60))], store)
            let fleet = FleetFlights(leases: leases, logger: fixture.lines.logger)
            let running = Task { await fleet.run() }
            let pipeline = pipeline(over: fixture, store, fleet: fleet)
            async let first = ask("0 a", pipeline)
            await store.pass(["load", "charge"])
            await store.pass(["claim", "pick"])
            let key = try #require(await leases.claimed(1)).key
            try await fixture.store.base.save(
                StoredEntry(
                    id: key.entry, partition: key.partition, question: nil, answer: .init(string: Fixture.answer),
                    model: "served", usage: nil, created: .now(), expires: .now() + .seconds(60), vector: nil,
                    generation: CacheGeneration(key.generation)))
            leases.tell(.ended(token, isKept: true))
            await store.pass(["load"])
            #expect(await first.exchange.record.outcome == .coalesced)
            #expect(fixture.provider.record.requests.isEmpty)
            #expect(store.settled == [.notCounted])
            running.cancel()
            await running.value
        }
    }

    @Test("Who asks the same before the store has confirmed the answer waits for that, and finds it")
    func sameQuestion() async throws {
        try await Fixture.run(mode: .exact) { fixture in
            let store = GatedStore(entries: fixture.store)
            let pipeline = pipeline(over: fixture, store)
            async let first = ask("0 a", pipeline)
            await store.pass(["load", "charge"])
            await store.pass(["pick"])
            _ = await first
            async let second = ask("0 a", pipeline)
            store.open(butNot: ["save"])
            // Another question goes its whole way meanwhile.
            #expect(await ask("0 b", pipeline).exchange.record.outcome == .miss)
            store.open()
            #expect(await second.exchange.record.outcome == .hitExact)
        }
    }

    @Test("What became of the write is recorded, and no write that has ended is waited for")
    func outcome() async throws {
        try await Fixture.run(mode: .exact) { fixture in
            let store = GatedStore(entries: fixture.store)
            let pipeline = pipeline(over: fixture, store)
            async let first = ask("0 a", pipeline)
            await store.pass(["load", "charge"])
            fixture.store.goDown()
            store.open()
            let exchange = await first.exchange
            await exchange.finish(isClientGone: false)
            #expect(exchange.record.write == .storeDown)
            #expect(fixture.recorded == 1)
            #expect(await ask("0 a", pipeline).exchange.record.missReason == .storeDown)
        }
    }
}
