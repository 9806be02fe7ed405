import GatewayCore
import Testing

@testable import Routing

@Suite("Routes")
struct RouterTests {
    private let now = ContinuousClock.now
    private let router = Router(configuration: {
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
        configuration.failuresBeforeCooldown = 2
        configuration.cooldown = .seconds(10)
        return configuration
    }())

    private func order(_ model: String, at now: ContinuousClock.Instant) throws -> [String] {
        try router.plan(model: model, now: now).targets.map(\.deployment.description)
    }

    @Test("Targets come in the order of the configuration, each with its provider's address, key and model")
    func order() throws {
        let plan = try router.plan(model: "fast", now: now)
        #expect(plan.route == "fast")
        #expect(plan.targets.map(\.deployment.description) == ["east/small", "west", "west/tiny"])
        #expect(plan.targets.map(\.model) == ["small", "fast", "tiny"])
        #expect(plan.targets.map(\.baseURL) == ["http://east/v1", "http://west/v1", "http://west/v1"])
        #expect(plan.targets.map { $0.key?.exposed } == ["k", nil, nil])
    }

    @Test("The wildcard takes every other name and hands it on; its own name stands for the route")
    func wildcard() throws {
        for model in ["anything", "org/model:7b", "FAST"] {
            let plan = try router.plan(model: model, now: now)
            #expect(plan.route == "*")
            #expect(plan.targets.map(\.model) == [model])
        }
    }

    @Test("Without a wildcard an unknown model is the client's mistake, and the field is named")
    func unknown() throws {
        var configuration = RoutingConfiguration()
        configuration.providers = [ProviderConfiguration(name: "p", baseURL: "http://p/v1")]
        configuration.routes = [RouteConfiguration(model: "known", targets: [TargetConfiguration(provider: "p")])]
        let strict = Router(configuration: configuration)
        #expect(strict.models == ["known"])
        do {
            _ = try strict.plan(model: "other", now: now)
            Issue.record("expected a refusal")
        } catch {
            #expect(error.code == .modelNotFound)
            #expect(error.parameter == "model")
            #expect(error.status == 404)
        }
    }

    @Test("The names clients may ask for are sorted and do not hold the wildcard")
    func models() {
        #expect(router.models == ["fast"])
    }

    @Test("A target that failed twice in a row is tried last until its time is over, on every route it stands on")
    func cooling() throws {
        let east = DeploymentID("east/small")
        router.report(.failed, of: east, now: now)
        #expect(try order("fast", at: now) == ["east/small", "west", "west/tiny"])
        router.report(.failed, of: east, now: now)
        #expect(try order("fast", at: now) == ["west", "west/tiny", "east/small"])
        #expect(try order("fast", at: now + .seconds(10)) == ["east/small", "west", "west/tiny"])
    }

    @Test("One failure behind a cooldown begins the next at once; an answer ends it")
    func relapse() throws {
        let east = DeploymentID("east/small")
        for _ in 0..<2 { router.report(.failed, of: east, now: now) }
        let later = now + .seconds(11)
        router.report(.failed, of: east, now: later)
        #expect(try order("fast", at: later).last == "east/small")
        router.report(.answered, of: east, now: later)
        router.report(.failed, of: east, now: later)
        #expect(try order("fast", at: later).first == "east/small")
    }

    @Test("A provider that asks for a rest gets it at once, for the time it names")
    func rateLimited() throws {
        router.report(.rateLimited(.seconds(3)), of: DeploymentID("west"), now: now)
        #expect(try order("fast", at: now + .seconds(2)) == ["east/small", "west/tiny", "west"])
        #expect(try order("fast", at: now + .seconds(3)) == ["east/small", "west", "west/tiny"])
    }

    @Test("When all targets cool, all are tried, in their own order")
    func allCooling() throws {
        for name in ["west/tiny", "east/small", "west"] {
            router.report(.rateLimited(nil), of: DeploymentID(name), now: now)
        }
        #expect(try order("fast", at: now) == ["east/small", "west", "west/tiny"])
        #expect(try order("other", at: now) == ["west"])
    }
}
