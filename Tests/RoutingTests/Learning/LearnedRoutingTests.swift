import GatewayCore
import GatewayTesting
import NIOCore
import Testing

@testable import Routing

@Suite("Routes that learn")
struct LearnedRoutingTests {
    private static let regions = ["eu", "us"]

    private static func traits(_ change: (inout RequestTraits) -> Void = { _ in }) -> RequestTraits {
        var traits = RequestTraits()
        traits.text.user = ScriptBytes(latin: 400, cjk: 0, code: 0)
        change(&traits)
        return traits
    }

    /// Four targets in two regions, of which some see and some do not, and two keep nothing.
    private static func configuration(
        _ change: (inout RoutingConfiguration) -> Void = { _ in }
    ) -> RoutingConfiguration {
        var configuration = RoutingConfiguration()
        configuration.providers = [ProviderConfiguration(name: "p", baseURL: "http://p")]
        for number in 0..<4 {
            var profile = ModelProfile(name: "m\(number)")
            profile.region = regions[number % 2]
            profile.capabilities = number < 2 ? [.vision, .tools, .streaming] : [.tools, .streaming]
            profile.retention = number == 0 || number == 3 ? .zero : .indefinite
            profile.contextTokens = 1_000 * (number + 1)
            profile.quality = 0.5
            configuration.models.set(profile)
        }
        var route = RouteConfiguration(
            model: "m", targets: (0..<4).map { TargetConfiguration(provider: "p", model: "m\($0)") })
        route.learning = LearningRule()
        configuration.routes = [route]
        change(&configuration)
        return configuration
    }

    private static let encoder = EncoderIdentity(name: "e", fingerprint: "f", dimension: 16)

    private static func router(_ configuration: RoutingConfiguration = configuration()) -> Router {
        Router(
            configuration: configuration, health: HealthBoard(replica: "r"), limits: nil,
            learning: LearningPlace(space: LearningSpace(encoder: encoder), replica: "r"))
    }

    private static func request(_ traits: RequestTraits = traits(), seed: UInt64 = 1) -> RouteRequest {
        var generator = SeededGenerator(seed: seed)
        return RouteRequest(
            model: "m", tenant: TenantID("acme"), traits: traits,
            embedding: EmbeddingVector(unit: LearningSpaceTests.unit(16, using: &generator)))
    }

    /// Judgments that hold one target to be far better than all others.
    private static func praise(_ target: String, on router: Router) throws {
        let learner = try #require(router.learners.first)
        var generator = SeededGenerator(seed: 50)
        for round in 0..<120 {
            let vector = EmbeddingVector(unit: LearningSpaceTests.unit(16, using: &generator))
            let features = try #require(learner.features(of: vector, complexity: 0.3, tier: 0, bytes: 400))
            let name = "p/m\(round % 4)"
            learner.learn(features, of: DeploymentID(name), score: name == target ? 1 : 0, from: .open, now: .now)
        }
        learner.refresh(now: .now)
    }

    private static func chosen(_ router: Router, _ request: RouteRequest) async throws -> [(String, LearnedChoice?)] {
        var attempts = try router.attempts(for: request)
        var targets: [(String, LearnedChoice?)] = []
        while let attempt = try await attempts.next() {
            targets.append((attempt.target.deployment.description, attempt.learned))
            attempt.end(.refused)
        }
        return targets
    }

    @Test("What the hard rules exclude is never called, however good it was", arguments: 0..<4)
    func hardRules(favourite: Int) async throws {
        let acme = TenantID("acme")
        var generator = SeededGenerator(seed: UInt64(favourite) + 1)
        for round in 0..<60 {
            var rules = TenantRules(acme)
            if Bool.random(using: &generator) { rules.constraints.regions = [Self.regions[round % 2]] }
            if Bool.random(using: &generator) { rules.constraints.retention = .zero }
            if Bool.random(using: &generator) { rules.constraints.models = ["m0", "m2", "m3"] }
            let traits = Self.traits { traits in
                if round % 3 == 0 { traits.needs = [.vision] }
                traits.maxTokens = [nil, 100, 1_500, 2_600].randomElement(using: &generator) ?? nil
            }
            let router = Self.router(Self.configuration { $0.tenants[acme] = rules })
            try Self.praise("p/m\(favourite)", on: router)
            // By the rules' own words, written down once more.
            let allowed = Set(
                (0..<4).filter { number in
                    rules.constraints.regions.map { $0.contains(Self.regions[number % 2]) } ?? true
                        && (rules.constraints.retention == nil || number == 0 || number == 3)
                        && (rules.constraints.models == nil || number != 1)
                        && (!traits.needs.contains(.vision) || number < 2)
                }.map { "p/m\($0)" })
            let request = Self.request(traits, seed: UInt64(round))
            guard let called = try? await Self.chosen(router, request) else { continue }
            #expect(Set(called.map(\.0)).isSubset(of: allowed), "\(called.map(\.0)) of \(allowed)")
            #expect(called.count == Set(called.map(\.0)).count)
            // Neither is any of them said to have had a chance.
            for choice in called.compactMap(\.1) { #expect(Set(choice.among.map(\.description)).isSubset(of: allowed)) }
        }
    }

    @Test("The first target of a request has the chance it was drawn by; those behind it were not drawn")
    func chances() async throws {
        let router = Self.router()
        try Self.praise("p/m2", on: router)
        for seed in 0..<20 {
            let called = try await Self.chosen(router, Self.request(seed: UInt64(seed)))
            #expect(called.count == 4)
            let first = try #require(called.first?.1)
            #expect(try #require(first.chance) >= 0.02)
            #expect(first.among.count == 4)
            #expect(first.isTrial == (called[0].0 != "p/m2"))
            #expect(called.dropFirst().allSatisfy { $0.1 != nil && $0.1?.chance == nil })
        }
    }

    @Test("What fails is not drawn while another one is well")
    func health() async throws {
        let health = HealthBoard(replica: "r")
        let router = Router(
            configuration: Self.configuration(), health: health, limits: nil,
            learning: LearningPlace(space: LearningSpace(encoder: Self.encoder), replica: "r"))
        try Self.praise("p/m2", on: router)
        for _ in 0..<2 {
            let ticket = try #require(health.begin(DeploymentID("p/m2"), now: .now))
            health.end(ticket, .hardFailure(waited: nil), now: .now)
        }
        for seed in 0..<20 {
            let first = try await Self.chosen(router, Self.request(seed: UInt64(seed))).first
            #expect(first?.0 != "p/m2")
            #expect(first?.1?.among.contains(DeploymentID("p/m2")) == false)
        }
    }

    @Test("A session that was answered stays where it was, and that is no draw")
    func session() async throws {
        let router = Self.router()
        var request = Self.request()
        request.session = "s"
        var attempts = try router.attempts(for: request)
        let first = try #require(try await attempts.next())
        first.end(.answered(usage: nil, firstToken: nil))
        try Self.praise(first.target.deployment.description == "p/m1" ? "p/m2" : "p/m1", on: router)
        for _ in 0..<10 {
            var later = try router.attempts(for: request)
            let attempt = try #require(try await later.next())
            #expect(attempt.target.deployment == first.target.deployment)
            #expect(attempt.learned?.chance == nil)
            attempt.end(.answered(usage: nil, firstToken: nil))
        }
    }

    @Test("Without an embedding or an encoder the route's own strategy decides, and nothing is remembered")
    func unknown() async throws {
        var request = Self.request()
        request.embedding = nil
        let router = Self.router()
        try Self.praise("p/m3", on: router)
        #expect(try await Self.chosen(router, request).map(\.0) == ["p/m0", "p/m1", "p/m2", "p/m3"])
        let blind = Router(configuration: Self.configuration(), health: HealthBoard(replica: "r"), limits: nil)
        let called = try await Self.chosen(blind, Self.request())
        #expect(called.map(\.0) == ["p/m0", "p/m1", "p/m2", "p/m3"])
        #expect(called.allSatisfy { $0.1 == nil })
    }

    /// Two tiers; requests labelled `plain` belong to the small one by a rule.
    private static func tiered() -> RoutingConfiguration {
        configuration { configuration in
            var selection = SelectionConfiguration(tiers: ["small", "large"], defaultTier: "small")
            var rule = SelectionRule(name: "plain", tier: "small")
            rule.metadata = MatchRule(metadata: ["kind": ["plain"]])
            selection.rules = [rule]
            configuration.routes[0].selection = selection
            for number in 0..<4 { configuration.routes[0].targets[number].tier = number < 2 ? "small" : "large" }
        }
    }

    @Test("It chooses over all tiers where the tier was guessed, and inside the tier that a rule named")
    func tiers() async throws {
        let router = Self.router(Self.tiered())
        try Self.praise("p/m3", on: router)
        var guessed: [String: Int] = [:]
        for seed in 0..<60 {
            let ruled = Self.request(Self.traits { $0.metadata = ["kind": "plain"] }, seed: UInt64(seed))
            let first = try #require(try await Self.chosen(router, ruled).first)
            #expect(["p/m0", "p/m1"].contains(first.0))
            let name = try #require(try await Self.chosen(router, Self.request(seed: UInt64(seed))).first?.0)
            guessed[name, default: 0] += 1
        }
        // Of 60, all but what the floor of the three others takes: 3.6.
        #expect(guessed["p/m3"] ?? 0 > 40, "\(guessed)")
    }

    @Test("The explanation shows what was learned of each target")
    func explanation() throws {
        let router = Self.router()
        try Self.praise("p/m2", on: router)
        let explanation = try router.explain(Self.request())
        let best = try #require(explanation.candidates.first { $0.deployment == DeploymentID("p/m2") })
        #expect(try #require(best.expected).quality > 0.8)
        #expect(try #require(best.expected).judgments > 29)
        #expect(try #require(best.learned).chance > 0.8)
        let chances = explanation.candidates.compactMap(\.learned?.chance)
        #expect(abs(chances.reduce(0, +) - 1) < 1e-9)
        let root = try JSONDocument(JSONWriter.object { explanation.write(into: &$0) }).root
        let first = try #require(root["candidates"]?.elements.first { _ in true })
        for name in ["quality", "deviation", "judgments", "worth", "chance"] {
            #expect(first["learned"]?[name]?.double != nil, "\(name)")
        }
    }
}
