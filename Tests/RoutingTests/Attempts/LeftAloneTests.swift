import GatewayCore
import Testing

@testable import Routing

@Suite("Targets whose providers ask to be left alone, where nothing is counted", .timeLimit(.minutes(1)))
struct LeftAloneTests {
    private func router(targets: Int) -> Router {
        var configuration = RoutingConfiguration()
        configuration.providers = (0..<targets).map { ProviderConfiguration(name: "p\($0)", baseURL: "http://p/v1") }
        configuration.routes = [
            RouteConfiguration(
                model: "m", targets: (0..<targets).map { TargetConfiguration(provider: "p\($0)", model: "m") })
        ]
        return Router(configuration: configuration, health: HealthBoard(replica: "r"), limits: nil)
    }

    private func attempts(_ router: Router) throws -> RouteAttempts {
        try router.attempts(for: RouteRequest(model: "m", tenant: .open))
    }

    /// Has the next target of a request refuse for its rate.
    private func limit(_ router: Router, for time: Duration?) async throws {
        var attempts = try attempts(router)
        try #require(try await attempts.next()).end(.rateLimited(time))
    }

    @Test("The only one is not called, and the client is told when to come again")
    func refused() async throws {
        let router = router(targets: 1)
        try await limit(router, for: .seconds(60))
        var attempts = try attempts(router)
        do {
            _ = try await attempts.next()
            Issue.record("expected a refusal")
        } catch {
            #expect(error.code == .rateLimited)
            #expect(error.retryAfter.map { $0 > .seconds(40) && $0 <= .seconds(60) } == true)
        }
    }

    @Test("A time no longer than a request may wait is waited for")
    func waited() async throws {
        let router = router(targets: 1)
        try await limit(router, for: .milliseconds(50))
        var attempts = try attempts(router)
        #expect(try await attempts.next() != nil)
    }

    @Test("One that named no time, and one that fails, are called rather than one that named a time")
    func unnamed() async throws {
        let router = router(targets: 2)
        try await limit(router, for: .seconds(60))
        try await limit(router, for: nil)
        for _ in 0..<2 {
            var attempts = try attempts(router)
            let attempt = try #require(try await attempts.next())
            #expect(attempt.target.deployment == DeploymentID("p1/m"))
            attempt.end(.failed(isTimeout: false, wasSent: true))
        }
        var attempts = try attempts(router)
        let last = try #require(try await attempts.next())
        #expect(last.target.deployment == DeploymentID("p1/m"))
    }
}
