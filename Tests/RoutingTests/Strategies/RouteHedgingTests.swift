import GatewayCore
import Testing

@testable import Routing

@Suite("Hedges of a route")
struct RouteHedgingTests {
    private let health = HealthBoard(replica: "r")

    private func attempts(share: Double = 1, targets: [String] = ["a", "b", "c"]) throws -> RouteAttempts {
        var rule = HedgeRule()
        rule.share = share
        var configuration = RoutingConfiguration()
        configuration.providers = targets.map { ProviderConfiguration(name: $0, baseURL: "http://\($0)/v1") }
        var route = RouteConfiguration(model: "m", targets: targets.map { TargetConfiguration(provider: $0) })
        route.hedge = rule
        configuration.routes = [route]
        let router = Router(configuration: configuration, health: health, limits: nil)
        return try router.attempts(for: RouteRequest(model: "m", tenant: .open))
    }

    private func learn(_ name: String, firstToken: Duration, count: Int = 20) throws {
        for _ in 0..<count {
            let ticket = try #require(health.begin(DeploymentID(name), now: .now))
            let sample = TargetSample.answered(timeToFirstToken: firstToken, duration: firstToken, outputTokens: 1)
            health.end(ticket, sample, now: .now)
        }
    }

    @Test("A target is late after the time that 95 % of its answers kept, if enough are known")
    func delay() async throws {
        try learn("a", firstToken: .milliseconds(70), count: 19)
        var attempts = try attempts()
        let first = try #require(try await attempts.next())
        #expect(attempts.hedgeDelay(for: first) == nil)
        try learn("a", firstToken: .milliseconds(90), count: 1)
        #expect(attempts.hedgeDelay(for: first) == .milliseconds(70))
    }

    @Test("The second is the next that is well; what is left stays for failover, each once")
    func order() async throws {
        for _ in 0..<2 {
            let ticket = try #require(health.begin(DeploymentID("b"), now: .now))
            health.end(ticket, .hardFailure(waited: nil), now: .now)
        }
        try learn("a", firstToken: .milliseconds(70))
        var attempts = try attempts()
        let first = try #require(try await attempts.next())
        #expect(attempts.hedgeDelay(for: first) != nil)
        let second = await attempts.hedge()
        #expect(second?.target.deployment == DeploymentID("c"))
        #expect(try await attempts.next()?.target.deployment == DeploymentID("b"))
        #expect(try await attempts.next() == nil)
    }

    @Test("No second without a hedge to spend, or without another target")
    func none() async throws {
        try learn("a", firstToken: .milliseconds(70))
        var poor = try attempts(share: 0.5)
        let first = try #require(try await poor.next())
        #expect(poor.hedgeDelay(for: first) != nil)
        #expect(await poor.hedge() == nil)
        #expect(try await poor.next()?.target.deployment == DeploymentID("b"))
        var single = try attempts(targets: ["a"])
        let only = try #require(try await single.next())
        #expect(single.hedgeDelay(for: only) == nil)
        #expect(await single.hedge() == nil)
    }
}
