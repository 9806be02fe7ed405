import GatewayCore
import NIOConcurrencyHelpers
import Testing

@testable import Routing

@Suite("What calls without an answer used and cost")
struct CallCostTests {
    /// Grants everything and keeps what is settled.
    private final class Settlements: LimitStore {
        let all = NIOLockedValueBox<[Settlement]>([])

        func pick(_ request: PickRequest) async throws(LimitError) -> PickResult {
            .granted(
                Grant(
                    candidate: 0, lease: Lease(of: request, candidate: 0, second: 0, holder: .local), standings: [],
                    committed: [], isNearBudget: false))
        }

        func settle(_ settlement: Settlement, then done: @escaping @Sendable () -> Void) {
            all.withLockedValue { $0.append(settlement) }
            done()
        }

        func feedback(_ truth: ProviderTruth) {}

        func renew(_ leases: [Lease]) {}
    }

    private let store = Settlements()
    private let health = HealthBoard(replica: "r")

    private func attempt(latin: Int? = nil) async throws -> RouteAttempt {
        var configuration = RoutingConfiguration()
        configuration.providers = [ProviderConfiguration(name: "p", baseURL: "http://p/v1")]
        var profile = ModelProfile(name: "m")
        // 1 and 2 dollars a million: 1,000 and 2,000 nano-dollars a token.
        profile.prices = SelectionFixture.prices("1", "2")
        configuration.models.set(profile)
        var target = TargetConfiguration(provider: "p", model: "m")
        target.limits.totalTokens = 1_000_000
        configuration.routes = [RouteConfiguration(model: "m", targets: [target])]
        let router = Router(configuration: configuration, health: health, limits: store)
        var request = RouteRequest(model: "m", tenant: .open)
        if let latin {
            var traits = RequestTraits()
            traits.text.user.latin = latin
            request.traits = traits
        }
        var attempts = try router.attempts(for: request)
        return try #require(try await attempts.next())
    }

    /// 400 bytes were sent, which are 100 tokens, and 10 came, which are 3.
    @Test("Refused calls use nothing, others what was sent and received, and what never arrived is no request", arguments: [
        (AttemptEnd.failed(isTimeout: false, wasSent: true, wasRefused: true), 0, 1, 0, 0, nil),
        (.refused, 0, 1, 0, 0, nil), (.rateLimited(nil), 0, 1, 0, 0, nil),
        (.failed(isTimeout: false, wasSent: false), 0, 0, 0, 0, nil), (.keyRefused, 0, 0, 0, 0, nil),
        (.failed(isTimeout: true, wasSent: true), 0, 1, 100, 0, 100_000),
        (.failed(isTimeout: false, wasSent: true), 10, 1, 100, 3, 106_000),
        // It had begun before it said no more.
        (.failed(isTimeout: false, wasSent: true, wasRefused: true), 10, 1, 100, 3, 106_000),
        (.cancelled, 10, 1, 100, 3, 106_000), (.outrun(firstToken: nil), 0, 1, 100, 0, 100_000),
        (.answered(usage: nil, firstToken: nil), 10, 1, 100, 3, 106_000),
    ] as [(AttemptEnd, Int, Int, Int, Int, Int?)])
    func used(end: AttemptEnd, received: Int, requests: Int, input: Int, output: Int, cost: Int?) async throws {
        let attempt = try await attempt()
        #expect(attempt.end(end, traffic: CallTraffic(sent: 400, received: received)) == cost)
        let settled = store.all.withLockedValue { $0 }
        #expect(settled.count == 1)
        let counted = try #require(settled.first?.counted)
        #expect(counted == (requests, input, output))
        #expect(settled.first?.nanodollars == cost ?? 0)
    }

    @Test("What the provider counted stands before any estimate, and an estimate by the text before one by bytes")
    func better() async throws {
        let usage = TokenUsage(promptTokens: 7, completionTokens: 2)
        let traffic = CallTraffic(sent: 400, received: 10, usage: usage)
        #expect(try await attempt().end(.cancelled, traffic: traffic) == 11_000)
        #expect(try await attempt().end(.refused, traffic: traffic) == 11_000)
        // 200 bytes of English are 50 tokens.
        #expect(try await attempt(latin: 200).end(.cancelled, traffic: CallTraffic(sent: 400)) == 50_000)
    }

    @Test("The time per token is the provider's own, without what the client took to read")
    func ownTime() async throws {
        let usage = TokenUsage(promptTokens: 1, completionTokens: 4)
        try await attempt().end(.answered(usage: usage, firstToken: .seconds(1), duration: .seconds(3)))
        let condition = try #require(health.conditions(of: [DeploymentID("p/m")], now: .now).first)
        #expect(condition.recent.timeToFirstToken == .seconds(1))
        #expect(condition.recent.timePerToken == .milliseconds(500))
    }

    @Test("One that was outrun teaches its time when it began, or had taken longer than half of the others")
    func outrun() async throws {
        let deployment = DeploymentID("p/m")
        func end(_ sample: TargetSample) throws {
            let ticket = try #require(health.begin(deployment, now: .now))
            health.end(ticket, sample, now: .now)
        }
        func slowest() -> Duration? { health.firstToken(of: deployment, quantile: 1, now: .now) }
        try end(.outrun(after: .seconds(9), hasBegun: false))
        for milliseconds in 1...20 {
            try end(.answered(timeToFirstToken: .milliseconds(milliseconds), duration: .seconds(1), outputTokens: 1))
        }
        #expect(slowest() == .milliseconds(20), "with nothing to compare to it taught nothing")
        try end(.outrun(after: .milliseconds(10), hasBegun: false))
        #expect(health.firstToken(of: deployment, quantile: 0.5, now: .now) == .milliseconds(10))
        try end(.outrun(after: .milliseconds(50), hasBegun: false))
        #expect(slowest() == .milliseconds(50))
        try end(.outrun(after: .milliseconds(60), hasBegun: true))
        #expect(slowest() == .milliseconds(60))
        for _ in 0..<30 { try end(.outrun(after: .milliseconds(1), hasBegun: true)) }
        #expect(health.firstToken(of: deployment, quantile: 0.5, now: .now) == .milliseconds(1))
        let condition = try #require(health.conditions(of: [deployment], now: .now).first)
        #expect(condition.requests == 20 && condition.failures == 0, "none of them counts for or against it")
    }
}
