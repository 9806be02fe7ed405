import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import Testing

@testable import Routing

@Suite("Routes")
struct RouterTests {
    private static func configuration() -> RoutingConfiguration {
        var configuration = RoutingConfiguration()
        configuration.providers = [
            ProviderConfiguration(name: "east", baseURL: "http://east/v1", key: Secret("k")),
            ProviderConfiguration(name: "west", baseURL: "http://west/v1"),
        ]
        configuration.routes = [
            RouteConfiguration(model: "fast", targets: [
                TargetConfiguration(provider: "east", model: "small"), TargetConfiguration(provider: "west"),
                TargetConfiguration(provider: "west", model: "tiny"),
            ]),
            RouteConfiguration(model: "*", targets: [TargetConfiguration(provider: "west")]),
        ]
        return configuration
    }

    private static func router(
        _ configuration: RoutingConfiguration = configuration(), limits: (any LimitStore)? = nil
    ) -> Router {
        Router(configuration: configuration, health: HealthBoard(replica: "r"), limits: limits)
    }

    /// The targets a request gets when each of them fails in the given way.
    private static func tried(
        _ router: Router, _ model: String, tenant: TenantID = .open, end: AttemptEnd = .cancelled
    ) async throws -> [Target] {
        var attempts = try router.attempts(for: RouteRequest(model: model, tenant: tenant))
        var targets: [Target] = []
        while let attempt = try await attempts.next() {
            targets.append(attempt.target)
            attempt.end(end)
        }
        return targets
    }

    @Test("Targets come in the order of the configuration, each with its provider's address, key and model")
    func order() async throws {
        let router = Self.router()
        #expect(try router.plan(model: "fast", tenant: .open).route == "fast")
        let targets = try await Self.tried(router, "fast")
        #expect(targets.map(\.deployment.description) == ["east/small", "west", "west/tiny"])
        #expect(targets.map(\.model) == ["small", "fast", "tiny"])
        #expect(targets.map(\.baseURL) == ["http://east/v1", "http://west/v1", "http://west/v1"])
        #expect(targets.map { $0.keys?.current.exposed } == ["k", nil, nil])
    }

    @Test("Of a model that the client names as much is known as of one in the configuration")
    func named() async throws {
        var configuration = Self.configuration()
        var profile = ModelProfile(name: "large-9")
        profile.capabilities = [.vision]
        profile.maxOutputTokens = 4711
        configuration.models.set(profile)
        let target = try #require(try await Self.tried(Self.router(configuration), "large-9").first)
        #expect(target.capabilities == [.vision] && target.maxOutputTokens == 4711 && target.takesClientsModel)
    }

    @Test("The wildcard takes every other name and hands it on; its own name stands for the route")
    func wildcard() async throws {
        let router = Self.router()
        for model in ["anything", "org/model:7b", "FAST"] {
            #expect(try router.plan(model: model, tenant: .open).route == "*")
            #expect(try await Self.tried(router, model).map(\.model) == [model])
        }
    }

    @Test("Without a wildcard an unknown model is the client's mistake, and the field is named")
    func unknown() throws {
        var configuration = Self.configuration()
        configuration.routes.removeLast()
        let router = Self.router(configuration)
        #expect(router.models == ["fast"])
        do throws(GatewayError) {
            _ = try router.plan(model: "other", tenant: .open)
            Issue.record("expected a refusal")
        } catch {
            #expect(error.code == .modelNotFound)
            #expect(error.parameter == "model")
        }
    }

    @Test("A target that failed twice is tried last; one whose key is refused not at all")
    func health() async throws {
        let router = Self.router()
        for _ in 0..<2 {
            var attempts = try router.attempts(for: RouteRequest(model: "fast", tenant: .open))
            try await attempts.next()?.end(.failed(isTimeout: false, wasSent: true))
        }
        var names = try await Self.tried(router, "fast").map(\.deployment.description)
        #expect(names == ["west", "west/tiny", "east/small"])
        var attempts = try router.attempts(for: RouteRequest(model: "fast", tenant: .open))
        try await attempts.next()?.end(.keyRefused)
        names = try await Self.tried(router, "fast").map(\.deployment.description)
        #expect(names == ["west/tiny", "east/small"])
    }

    @Test("An attempt that is dropped counts against nobody, and its first end is the one that counts")
    func dropped() async throws {
        let router = Self.router()
        for _ in 0..<3 {
            var attempts = try router.attempts(for: RouteRequest(model: "fast", tenant: .open))
            _ = try await attempts.next()
            let second = try #require(try await attempts.next())
            second.end(.answered(usage: nil, firstToken: nil))
            second.end(.failed(isTimeout: false, wasSent: true))
        }
        #expect(try await Self.tried(router, "fast").first?.deployment.description == "east/small")
    }

    @Test("A deployment without room is passed over, and when none has room the client hears when there will be")
    func room() async throws {
        var configuration = Self.configuration()
        configuration.routes[0].targets[0].limits.requests = 2
        configuration.routes[0].targets[1].limits.requests = 1
        configuration.routes[0].targets.removeLast()
        let time = UnixTime(milliseconds: 1_800_000_000_500)
        let router = Self.router(configuration, limits: LocalLimitStore(now: { time }))
        var names: [String] = []
        for _ in 0..<3 {
            var attempts = try router.attempts(
                for: RouteRequest(model: "fast", tenant: .open, traits: RequestTraits()))
            let attempt = try #require(try await attempts.next())
            names.append(attempt.target.deployment.description)
            attempt.end(.answered(usage: TokenUsage(promptTokens: 1, completionTokens: 1), firstToken: nil))
        }
        #expect(names == ["east/small", "east/small", "west"])
        do throws(GatewayError) {
            var attempts = try router.attempts(
                for: RouteRequest(model: "fast", tenant: .open, traits: RequestTraits()))
            _ = try await attempts.next()
            Issue.record("expected no room")
        } catch {
            #expect(error.code == .rateLimited)
            // The second that began half a second before is counted whole: it leaves after 60 more.
            #expect(error.retryAfter == .milliseconds(60_500))
        }
    }

    @Test("What was given back by a refused key or a broken connection can be used again; what was sent cannot")
    func givenBack() async throws {
        for (end, isBack) in [
            (AttemptEnd.failed(isTimeout: false, wasSent: false), true), (.keyRefused, true),
            (.failed(isTimeout: false, wasSent: true), false), (.cancelled, false), (.refused, false),
        ] {
            var configuration = Self.configuration()
            configuration.routes[1].targets[0].limits.requests = 1
            let limits = LocalLimitStore(now: { UnixTime(milliseconds: 1_800_000_000_500) })
            let router = Self.router(configuration, limits: limits)
            _ = try await Self.tried(router, "any", end: end)
            // Another router knows nothing of the first one's health.
            let second = Self.router(configuration, limits: limits)
            let again = try? await Self.tried(second, "any")
            #expect((again?.count == 1) == isBack, "\(end)")
        }
    }

    @Test("A tenant's requests are counted at its admission alone, its tokens and money with the call")
    func tenants() async throws {
        var configuration = Self.configuration()
        let acme = TenantID("acme")
        var rules = TenantRules(acme)
        rules.scope.limits.requests = 2
        rules.scope.limits.concurrency = 1
        configuration.tenants = [acme: rules]
        let limits = LocalLimitStore(now: { UnixTime(milliseconds: 1_800_000_000_500) })
        let router = Self.router(configuration, limits: limits)
        #expect(router.admission(of: .open) == nil)
        let admission = try #require(router.admission(of: acme))
        #expect(try await admission.result().get().map(\.remaining) == [1])
        #expect(try await admission.result().get().map(\.remaining) == [0])
        guard case .failure(let error) = await admission.result() else { throw Unexpected() }
        #expect(error.code == .rateLimited)
        #expect(error.message == "the tenant has used its limit of 2 requests a minute")

        var first = try router.attempts(for: RouteRequest(model: "fast", tenant: acme, traits: RequestTraits()))
        let attempt = try #require(try await first.next())
        var second = try router.attempts(for: RouteRequest(model: "fast", tenant: acme, traits: RequestTraits()))
        await #expect(throws: GatewayError.self) { _ = try await second.next() }
        attempt.end(.answered(usage: nil, firstToken: nil))
        #expect(try await second.next() != nil)
    }

    private struct Unexpected: Error {}

    @Test("A budget that is used up refuses every target that has a price")
    func budget() async throws {
        var configuration = Self.configuration()
        let acme = TenantID("acme")
        var rules = TenantRules(acme)
        rules.scope.budgets = [HardBudget(.day, nanodollars: 1_000)]
        configuration.tenants = [acme: rules]
        var profile = ModelProfile(name: "small")
        let price = try #require(TokenPrice(dollarsPerMillion: "1"))
        profile.prices = ModelPrices(input: price, output: price)
        configuration.models.set(profile)
        configuration.routes[0].targets.removeLast(2)
        let router = Self.router(configuration, limits: LocalLimitStore())
        var traits = RequestTraits()
        traits.maxTokens = 1
        var attempts = try router.attempts(for: RouteRequest(model: "fast", tenant: acme, traits: traits))
        let attempt = try #require(try await attempts.next())
        // A dollar a million tokens is 1,000 nano-dollars a token.
        let usage = TokenUsage(promptTokens: 1, completionTokens: 0)
        #expect(attempt.end(.answered(usage: usage, firstToken: nil)) == 1_000)
        attempts = try router.attempts(for: RouteRequest(model: "fast", tenant: acme, traits: traits))
        do throws(GatewayError) {
            _ = try await attempts.next()
            Issue.record("expected a refusal")
        } catch {
            #expect(error.code == .budgetExhausted)
        }
    }

    @Test("A tenant with a budget is sent to no target whose price is not known")
    func unpriced() async throws {
        var configuration = Self.configuration()
        var rules = TenantRules(TenantID("acme"))
        rules.scope.budgets = [HardBudget(.total, nanodollars: 1)]
        configuration.tenants = [TenantID("acme"): rules]
        let router = Self.router(configuration, limits: LocalLimitStore())
        do throws(GatewayError) {
            _ = try router.attempts(
                for: RouteRequest(model: "fast", tenant: TenantID("acme"), traits: RequestTraits()))
            Issue.record("expected a refusal")
        } catch {
            #expect(error.code == .noCompliantTarget)
        }
        let explained = try router.explain(
            RouteRequest(model: "fast", tenant: TenantID("acme"), traits: RequestTraits()))
        #expect(explained.candidates.isEmpty)
    }

    @Test("Labels count on every route, and the explanation says the same as the choice")
    func labels() throws {
        var configuration = Self.configuration()
        var profile = ModelProfile(name: "small")
        profile.jurisdiction = "eu"
        configuration.models.set(profile)
        let router = Self.router(configuration)
        var traits = RequestTraits()
        traits.metadata = ["jurisdiction": "eu"]
        #expect(try !router.plan(model: "fast", tenant: .open).needsTraits)
        let request = RouteRequest(model: "fast", tenant: .open, traits: traits)
        let attempts = try router.attempts(for: request)
        #expect(attempts.candidates.map(\.target.deployment.description) == ["east/small"])
        #expect(try router.explain(request).candidates.map(\.deployment.description) == ["east/small"])
    }

    @Test("A tenant's list and a request's labels leave only targets that comply, never another")
    func compliance() async throws {
        var configuration = Self.configuration()
        let acme = TenantID("acme")
        var rules = TenantRules(acme)
        rules.constraints.providers = ["west"]
        configuration.tenants = [acme: rules]
        let router = Self.router(configuration)
        #expect(try router.plan(model: "fast", tenant: acme).needsTraits)
        var attempts = try router.attempts(for: RouteRequest(model: "fast", tenant: acme, traits: RequestTraits()))
        #expect(try await attempts.next()?.target.deployment.description == "west")
        var labelled = RequestTraits()
        labelled.metadata = ["jurisdiction": "eu"]
        do throws(GatewayError) {
            _ = try router.attempts(for: RouteRequest(model: "fast", tenant: acme, traits: labelled))
            Issue.record("expected a refusal")
        } catch {
            #expect(error.code == .noCompliantTarget)
            #expect(error.status == 403)
        }
    }
}
