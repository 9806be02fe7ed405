import GatewayCore
import NIOCore
import Testing

@testable import Routing

@Suite("Route explanations")
struct RouteExplanationTests {
    private typealias Fixture = SelectionFixture

    private func router(
        _ routes: [RouteConfiguration], health: HealthBoard = HealthBoard(replica: "r"),
        limits: (any LimitStore)? = nil, change: (inout RoutingConfiguration) -> Void = { _ in }
    ) -> Router {
        var configuration = RoutingConfiguration()
        configuration.providers = [ProviderConfiguration(name: "p", baseURL: "http://p")]
        for profile in [Fixture.small, Fixture.middle, Fixture.large] { configuration.models.set(profile) }
        configuration.routes = routes
        change(&configuration)
        return Router(configuration: configuration, health: health, limits: limits)
    }

    private func target(_ model: String, tier: String? = nil) -> TargetConfiguration {
        var target = TargetConfiguration(provider: "p", model: model)
        target.tier = tier
        return target
    }

    private var auto: RouteConfiguration {
        var route = RouteConfiguration(
            model: "auto",
            targets: [target("small", tier: "small"), target("middle", tier: "middle"), target("large", tier: "large")])
        route.selection = SelectionConfiguration(tiers: ["small", "middle", "large"], defaultTier: "middle")
        return route
    }

    private func request(_ model: String, _ text: String = Fixture.easyText) -> RouteRequest {
        var traits = RequestTraits()
        traits.messageCount = 1
        traits.text.user = ScriptBytes(latin: text.utf8.count)
        return RouteRequest(model: model, tenant: TenantID("acme"), traits: traits)
    }

    @Test("Targets stand in the order in which they are tried, with estimates and exact costs")
    func order() throws {
        var route = RouteConfiguration(model: "m", targets: [target("large"), target("small")])
        route.rule = RouteRule(.cheapest())
        let explanation = try router([route]).explain(request("m"))
        #expect(explanation.route == "m")
        #expect(explanation.candidates.map(\.model) == ["small", "large"])
        #expect(explanation.candidates.map(\.reason) == [.cheapest, .dearer])
        // 30 bytes at 4 a token and 4 for the frame are 12; 512 are what is expected of an unknown route.
        let small = try #require(explanation.candidates.first)
        #expect(small.estimate.input == 12)
        #expect(small.estimate.output == 512)
        // 12 × 0.10 $ and 512 × 0.40 $ a million.
        #expect(small.cost == 12 * 100 + 512 * 400)
    }

    @Test("A route that does not look at requests rejects nobody, and still shows what a request would cost there")
    func plainRoute() throws {
        var wanted = request("m")
        wanted.traits?.needs = .audioInput
        let explanation = try router([RouteConfiguration(model: "m", targets: [target("small")])]).explain(wanted)
        #expect(explanation.rejected.isEmpty)
        #expect(explanation.candidates.first?.cost == 12 * 100 + 512 * 400)
    }

    @Test("A target that may not take the request says why")
    func rejected() throws {
        var wanted = request("auto")
        wanted.traits?.needs = .audioInput
        let explanation = try router([auto]) {
            $0.models.set(Fixture.profile("large", Fixture.prices("2.00", "8.00")) { $0.capabilities = [.audioInput] })
        }.explain(wanted)
        #expect(explanation.candidates.map(\.model) == ["large"])
        #expect(explanation.rejected.map(\.rejection.code) == ["capabilities", "capabilities"])
        #expect(explanation.rejected.first?.rejection.detail == "lacks audio_input")
        #expect(explanation.selection?.candidates.count == 3)
    }

    @Test("The record of a choice names who may not take the request, and whose key is refused")
    func recorded() throws {
        var wanted = request("m")
        wanted.traits?.needs = .audioInput
        var route = RouteConfiguration(model: "m", targets: [target("small"), target("large"), target("other")])
        for index in route.targets.indices { route.targets[index].limits.totalTokens = 1_000_000 }
        let health = HealthBoard(replica: "r", keyMarks: [DeploymentID("p/large"): "k"])
        let ticket = try #require(health.begin(DeploymentID("p/large"), now: .now))
        health.end(ticket, .authFailure, now: .now)
        let router = router([route], health: health) {
            $0.models.set(Fixture.profile("large", Fixture.prices("2.00", "8.00")) { $0.capabilities = [.audioInput] })
        }
        let root = try JSONDocument(try router.attempts(for: wanted).record).root
        #expect(root["rejected"]?.elements.map { $0["d"]?.string } == ["p/small"])
        #expect(root["rejected"]?.elements.map { $0["n"]?.string } == ["capabilities"])
        #expect(root["candidates"]?.elements.map { $0["d"]?.string } == ["p/large", "p/other"])
        #expect(root["candidates"]?.elements.map { $0["h"]?.string } == ["key_refused", nil])
    }

    @Test("A request that no target may take is explained where the real one is refused")
    func noneLeft() throws {
        var wanted = request("auto")
        wanted.traits?.needs = .audioInput
        let router = router([auto])
        let explanation = try router.explain(wanted)
        #expect(explanation.candidates.isEmpty && explanation.rejected.count == 3)
        #expect(explanation.selection?.stage == DecisionStage.none)
        #expect(throws: GatewayError.self) { try router.attempts(for: wanted) }
    }

    @Test("To explain takes nobody's turn, holds no session and asks for no room")
    func nothingChanges() async throws {
        var route = RouteConfiguration(model: "m", targets: [target("small"), target("large")])
        route.rule = RouteRule(.weighted)
        for index in route.targets.indices { route.targets[index].limits.requests = 1 }
        let limits = LocalLimitStore()
        let health = HealthBoard(replica: "r")
        let router = router([route, auto], health: health, limits: limits)
        var wanted = request("m")
        let first = try router.explain(wanted).candidates.first?.model
        for _ in 0..<5 { #expect(try router.explain(wanted).candidates.first?.model == first) }

        var attempts = try router.attempts(for: wanted)
        // One request a minute is all there is, and it was not spent.
        let attempt = try #require(try await attempts.next())
        #expect(attempt.target.model == first)
        attempt.end(.refused)
        #expect(try router.explain(wanted).candidates.first?.model != first)

        wanted.model = "auto"
        wanted.session = "s"
        _ = try router.explain(wanted)
        #expect(router.sessions.held(by: "acme\ns", now: .now) == nil)
    }

    @Test("A target whose key is refused is not in the order, and one that fails comes last and says so")
    func health() throws {
        let health = HealthBoard(replica: "r", keyMarks: [DeploymentID("p/small"): "k"])
        let route = RouteConfiguration(model: "m", targets: [target("small"), target("middle"), target("large")])
        let router = router([route], health: health)
        let ticket = try #require(health.begin(DeploymentID("p/small"), now: .now))
        health.end(ticket, .authFailure, now: .now)
        for _ in 0..<2 {
            let ticket = try #require(health.begin(DeploymentID("p/middle"), now: .now))
            health.end(ticket, .hardFailure(waited: nil), now: .now)
        }
        let explanation = try router.explain(request("m"))
        #expect(explanation.excluded.map(\.model) == ["small"])
        #expect(explanation.candidates.map(\.model) == ["large", "middle"])
        #expect(explanation.candidates.last?.reason == .failing)
        #expect(!explanation.isLastResort)
    }

    @Test("The JSON names route, strategy, selection, order, reasons, estimates and health")
    func json() throws {
        var wanted = request("auto")
        wanted.traits?.needs = .audioInput
        let explanation = try router([auto]) {
            $0.models.set(Fixture.profile("large", Fixture.prices("2.00", "8.00")) { $0.capabilities = [.audioInput] })
        }.explain(wanted)
        let root = try JSONDocument(JSONWriter.object { explanation.write(into: &$0) }).root
        #expect(root["route"]?.string == "auto")
        #expect(root["strategy"]?.string == "priority")
        #expect(root["selection"]?["stage"]?.string != nil)
        let candidate = try #require(root["candidates"]?.elements.first { _ in true })
        #expect(candidate["deployment"]?.string == "p/large")
        #expect(candidate["reason"]?.string == "configured")
        #expect(candidate["health"]?["standing"]?.string == "ready")
        let rejected = try #require(root["rejected"]?.elements.first { _ in true })
        #expect(rejected["reason"]?.string == "capabilities")
        #expect(rejected["detail"]?.string == "lacks audio_input")
    }

    @Test("Prices are by the model's own name, with its date or without; an unknown model has none")
    func costs() {
        let router = router([auto])
        let usage = TokenUsage(promptTokens: 1_000, completionTokens: 100)
        #expect(router.cost(of: usage, model: "small-2026-01-31") == 1_000 * 100 + 100 * 400)
        #expect(router.cost(of: usage, model: "other") == nil)
        #expect(router.cost(of: nil, model: "small") == nil && router.cost(of: usage, model: nil) == nil)
    }

    @Test("Names for labels are configured ones: a wildcard's own models are none")
    func names() {
        let router = router([
            RouteConfiguration(model: "*", targets: [TargetConfiguration(provider: "p")]),
            RouteConfiguration(model: "m", targets: [TargetConfiguration(provider: "p"), target("small")]),
        ])
        #expect(router.modelNames == ["m", "small"])
        #expect(router.deployments == [DeploymentID("p"), DeploymentID("p/small")])
    }
}
