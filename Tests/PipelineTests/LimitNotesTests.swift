import GatewayCore
import GatewayTesting
import NIOCore
import Policy
import Routing
import SemanticCache
import Testing

@testable import Pipeline

/// What a record says of limits and money.
@Suite("Limits and money in the record", .timeLimit(.minutes(1)))
struct LimitNotesTests {
    private typealias Fixture = PipelineFixture

    private func pipeline(
        over fixture: Fixture, key: ScopeLimits? = nil, _ change: (inout TenantRules) -> Void
    ) -> Pipeline {
        var routing = RoutingConfiguration()
        routing.providers = [
            ProviderConfiguration(name: "p", baseURL: fixture.provider.url("/v1"), allowsPrivateAddresses: true)
        ]
        let target = TargetConfiguration(provider: "p", model: "served")
        routing.routes = [RouteConfiguration(model: "m", targets: [target])]
        var profile = ModelProfile(name: "served")
        // 1 and 2 dollars a million: 1,000 and 2,000 nano-dollars a token.
        profile.prices = ModelPrices(
            input: TokenPrice(picodollars: 1_000_000), output: TokenPrice(picodollars: 2_000_000))
        routing.models.set(profile)
        var rules = TenantRules(TenantID("acme"))
        change(&rules)
        routing.tenants = [TenantID("acme"): rules]
        let base = fixture.pipeline
        var policy = PolicyConfiguration()
        policy.tenants = [TenantConfiguration(id: TenantID("acme"), keys: [Secret("sk"), Secret("sk-named")])]
        if let key {
            policy.tenants[0].namedKeys = [APIKeyID("named"): Secret("sk-named")]
            routing.keys = [APIKeyID("named"): KeyRules(tenant: TenantID("acme"), scopes: [key])]
        }
        return Pipeline(
            directory: TenantDirectory(configuration: policy), analyzer: base.analyzer, cache: base.cache,
            router: Router(configuration: routing, health: HealthBoard(replica: "r"), limits: LocalLimitStore()),
            upstream: base.upstream, writer: base.writer, recorder: base.recorder)
    }

    private func ask(_ question: String, _ pipeline: Pipeline, key: String? = nil) async -> ExchangeRecord {
        var headers = CallerHeaders()
        headers.key = key
        let exchange = Exchange(recorder: pipeline.recorder, client: PatientClient())
        let reply = await pipeline.respond(
            to: .init(string: Fixture.body(question)), headers: headers,
            scope: CacheScope(tenant: TenantID("acme")), exchange: exchange)
        _ = await reply.text()
        await exchange.finish(isClientGone: false)
        return exchange.record
    }

    @Test("A dry run counts against the tenant's request rate, and is refused when that is used up")
    func dryRun() async throws {
        try await Fixture.run(mode: .exact) { fixture in
            let pipeline = pipeline(over: fixture) { $0.scope.limits.requests = 2 }
            func explain() async throws(GatewayError) -> RequestExplanation {
                try await pipeline.explain(
                    .init(string: Fixture.body("0 a")), headers: CallerHeaders(),
                    scope: CacheScope(tenant: TenantID("acme")))
            }
            _ = try await explain()
            #expect(await ask("0 a", pipeline).limits.first { $0.name == "requests" }?.remaining == 0)
            do throws(GatewayError) {
                _ = try await explain()
                Issue.record("expected a refusal")
            } catch {
                #expect(error.code == .rateLimited && error.retryAfter != nil)
            }
        }
    }

    @Test("A miss tells of requests and tokens, a hit of requests, and the refusal of what is used up")
    func notes() async throws {
        try await Fixture.run(mode: .exact) { fixture in
            let pipeline = pipeline(over: fixture) {
                $0.scope.limits.requests = 3
                $0.scope.limits.totalTokens = 100_000
            }
            let miss = await ask("0 a", pipeline)
            #expect(Set(miss.limits.map(\.name)) == ["requests", "tokens"])
            #expect(miss.limits.first { $0.name == "requests" }?.remaining == 2)
            #expect(miss.picks == [.grantedAlone])
            let hit = await ask("0 a", pipeline)
            #expect(hit.outcome == .hitExact)
            #expect(hit.status == 200)
            // The miss was one request, though it was counted for the tenant and at its target.
            #expect(hit.limits.map(\.remaining) == [1])
            #expect(await ask("0 a", pipeline).limits.map(\.remaining) == [0])
            let refused = await ask("0 a", pipeline)
            #expect(refused.errorCode == .rateLimited)
            #expect(refused.refusal == LimitRefusal(.tenant, .requests))
            #expect(refused.limits.first?.limit == 3 && refused.limits.first?.remaining == 0)
            // What the cache found was not served.
            #expect(refused.outcome != .hitExact && refused.usage == nil && refused.entry == nil)
        }
    }

    @Test("A key's limit counts its requests, hits too, and those of no other key")
    func keys() async throws {
        try await Fixture.run(mode: .exact) { fixture in
            var own = ScopeLimits(LimitScope(.key, "named"))
            own.limits.requests = 2
            let pipeline = pipeline(over: fixture, key: own) { _ in }
            #expect(await ask("0 a", pipeline, key: "sk-named").limits.map(\.remaining) == [1])
            let hit = await ask("0 a", pipeline, key: "sk-named")
            #expect(hit.outcome == .hitExact && hit.limits.map(\.remaining) == [0])
            #expect(await ask("0 a", pipeline, key: "sk-named").refusal == LimitRefusal(.key, .requests))
            let other = await ask("0 a", pipeline, key: "sk")
            #expect(other.status == 200 && other.limits.isEmpty)
        }
    }

    @Test("A miss has its cost, and the hit after it what it spared")
    func money() async throws {
        try await Fixture.run(mode: .exact) { fixture in
            let pipeline = pipeline(over: fixture) { _ in }
            // The answer counts 3 tokens in and 4 out.
            #expect(await ask("0 a", pipeline).cost == 3 * 1_000 + 4 * 2_000)
            let hit = await ask("0 a", pipeline)
            #expect(hit.saved == 3 * 1_000 + 4 * 2_000)
            #expect(hit.cost == nil)
        }
    }

    /// The question is 3 bytes, a token, and its frame 4; of the answer one byte came.
    @Test("A stream that breaks, or whose client goes, costs what was sent and came", arguments: [false, true])
    func brokenStream(clientGoes: Bool) async throws {
        try await Fixture.run(mode: .exact, script: { exchange in
            try await exchange.eventHead()
            try await exchange.event(
                #"{"id":"1","model":"served","choices":[{"index":0,"delta":{"role":"assistant","content":"a"}}]}"#)
            if clientGoes { try await exchange.silence() } else { try await exchange.reset() }
        }) { fixture in
            let pipeline = pipeline(over: fixture) { $0.scope.limits.totalTokens = 100_000 }
            let client = LeavingClient()
            let exchange = Exchange(recorder: pipeline.recorder, client: client)
            let reply = await pipeline.respond(
                to: .init(string: Fixture.body("0 a", more: #","stream":true"#)), headers: CallerHeaders(),
                scope: CacheScope(tenant: TenantID("acme")), exchange: exchange)
            guard case .stream(let tee) = reply.body else {
                Issue.record("expected a stream")
                return
            }
            #expect(await tee.next() != nil)
            if clientGoes { await tee.abandon() } else { while await tee.next() != nil {} }
            #expect(await tee.next() == nil)
            #expect(exchange.record.cost == 5 * 1_000 + 1 * 2_000)
            #expect(exchange.record.write == .notFinished)
            await exchange.finish(isClientGone: clientGoes)
        }
    }

    @Test("A budget that is used up refuses embeddings too, before any provider is asked")
    func embeddingsBudget() async throws {
        let answer = #"{"object":"list","data":[{"object":"embedding","index":0,"embedding":[1]}],"model":"served","#
            + #""usage":{"prompt_tokens":9,"total_tokens":9}}"#
        try await Fixture.run(mode: .exact, script: { try await $0.respond(body: answer) }) { fixture in
            for (nanodollars, code) in [(1, GatewayErrorCode.budgetExhausted), (1_000_000_000, nil)] {
                let pipeline = pipeline(over: fixture) {
                    $0.scope.budgets = [HardBudget(.day, nanodollars: nanodollars)]
                }
                let exchange = Exchange(recorder: pipeline.recorder, client: PatientClient(), api: .chat)
                let reply = await pipeline.embed(
                    ByteBuffer(string: #"{"model":"m","input":"How long is a piece of string?"}"#),
                    headers: CallerHeaders(), scope: CacheScope(tenant: TenantID("acme")), exchange: exchange)
                _ = await reply.text()
                await exchange.finish(isClientGone: false)
                #expect(exchange.record.errorCode == code)
                #expect(fixture.provider.record.requests.count == (code == nil ? 1 : 0))
            }
        }
    }

    @Test("A budget that is used up refuses with the budget as the reason, and a used one shows its share")
    func budget() async throws {
        try await Fixture.run(mode: .exact) { fixture in
            let small = pipeline(over: fixture) { $0.scope.budgets = [HardBudget(.day, nanodollars: 1)] }
            let refused = await ask("0 a", small)
            #expect(refused.errorCode == .budgetExhausted)
            #expect(refused.refusal == LimitRefusal(.tenant, .budget))
            #expect(refused.picks == [.denied])
            let ample = pipeline(over: fixture) { $0.scope.budgets = [HardBudget(.day, nanodollars: 1_000_000_000)] }
            let granted = await ask("0 c", ample)
            #expect(granted.budgets.first?.scope == "tenant acme")
            #expect(granted.budgets.first?.period == "day")
            #expect((granted.budgets.first?.committed ?? 0) > 0)
        }
    }
}
