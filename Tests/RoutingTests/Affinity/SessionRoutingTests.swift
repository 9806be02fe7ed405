import GatewayCore
import Testing

@testable import Routing

@Suite("Sessions on routes")
struct SessionRoutingTests {
    private func router(_ strategy: RoutingStrategy, sessions: SessionSource = .named) throws -> Router {
        var configuration = RoutingConfiguration()
        configuration.providers = ["a", "b", "c"].map { ProviderConfiguration(name: $0, baseURL: "http://\($0)/v1") }
        var route = RouteConfiguration(
            model: "m", targets: ["a", "b", "c"].map { TargetConfiguration(provider: $0, model: "m-\($0)") })
        route.rule = RouteRule(strategy)
        route.sessions = sessions
        configuration.routes = [route]
        for (name, input, cached) in [("m-a", "3", "0.3"), ("m-b", "2", "2"), ("m-c", "2.5", "2.5")] {
            var profile = ModelProfile(name: name)
            let price = try #require(TokenPrice(dollarsPerMillion: input))
            profile.prices = ModelPrices(input: price, output: price)
            profile.prices?.cachedInput = TokenPrice(dollarsPerMillion: cached)
            configuration.models.set(profile)
        }
        return Router(configuration: configuration, health: HealthBoard(replica: "r"), limits: nil)
    }

    private func request(_ session: String?, tenant: String = "t", bytes: Int = 40_000) -> RouteRequest {
        var request = RouteRequest(model: "m", tenant: TenantID(tenant))
        var traits = RequestTraits()
        traits.text.user.latin = bytes
        request.traits = traits
        request.session = session
        return request
    }

    private func next(_ router: Router, _ request: RouteRequest) async throws -> RouteAttempt {
        var attempts = try router.attempts(for: request)
        return try #require(try await attempts.next())
    }

    private let usage = TokenUsage(promptTokens: 9_000, completionTokens: 10)

    @Test("A session stays at the target that answered it; others go their own way")
    func stays() async throws {
        let router = try router(.weighted)
        var attempts = try router.attempts(for: request("s"))
        let refused = try #require(try await attempts.next())
        refused.end(.failed(isTimeout: false, wasSent: true))
        let answered = try #require(try await attempts.next())
        answered.end(.answered(usage: usage, firstToken: nil))
        for _ in 0..<10 {
            let next = try await next(router, request("s"))
            #expect(next.target.deployment == answered.target.deployment)
            #expect(next.reason == .session)
            next.end(.answered(usage: usage, firstToken: nil))
        }
        let other = try await next(router, request(nil))
        #expect(other.reason == .weight)
    }

    @Test("Sessions of one name of two tenants are two sessions")
    func tenants() async throws {
        let router = try router(.cheapest())
        let first = try await next(router, request("s", tenant: "one"))
        first.end(.answered(usage: usage, firstToken: nil))
        #expect(try await next(router, request("s", tenant: "two")).target.deployment == DeploymentID("b/m-b"))
    }

    @Test("A route that keeps no sessions goes by its strategy alone, and asks for no sign")
    func off() async throws {
        let router = try router(.cheapest(), sessions: .off)
        #expect(try router.plan(model: "m", tenant: TenantID("t")).sessions == .off)
        #expect(try await next(router, request("s")).reason == .cheapest)
        let other = try self.router(.weighted, sessions: .prefix)
        #expect(try other.plan(model: "m", tenant: TenantID("t")).sessions == .prefix)
    }

    @Test("A session stays at a dear target while what is kept of its prompt makes it the cheapest, and at no other")
    func cheapestStay() async throws {
        let router = try router(.cheapest())
        for (last, expected, reason) in [("a", "a", RankReason.session), ("c", "b", .cheapest)] {
            let attempts = try router.attempts(for: request("s"))
            let key = try #require(attempts.stayKey)
            let stay = AffinityTable.Stay(deployment: DeploymentID("\(last)/m-\(last)"), promptTokens: 9_000)
            attempts.desk.affinity.keep(stay, of: key, now: .now)
            let next = try await next(router, request("s"))
            #expect(next.target.deployment == DeploymentID("\(expected)/m-\(expected)"))
            #expect(next.reason == reason)
            next.end(.cancelled)
        }
    }

    @Test("What the provider keeps of a prompt makes a dear target the cheapest: the price is that of what is left")
    func price() throws {
        let router = try router(.cheapest())
        let attempts = try router.attempts(for: request("s"))
        let candidate = try #require(attempts.candidates.first)
        let input = candidate.estimate.input
        #expect(input > 9_000)
        let here = AffinityTable.Stay(deployment: candidate.target.deployment, promptTokens: 9_000)
        let there = AffinityTable.Stay(deployment: DeploymentID("b/m-b"), promptTokens: 9_000)
        // 8,960 of them at 0.3 instead of 3 dollars a million.
        let full = try #require(candidate.cost)
        #expect(candidate.cost(after: here) == full - 8_960 * 2_700)
        #expect(candidate.cost(after: there) == full)
        #expect(candidate.cost(after: nil) == full)
    }
}
