import GatewayCore
import NIOConcurrencyHelpers
import Testing

@testable import Routing

@Suite("What targets are asked room for")
struct TargetTokensTests {
    /// Grants everything and keeps what it was asked for.
    private final class Requests: LimitStore {
        let all = NIOLockedValueBox<[PickRequest]>([])

        func pick(_ request: PickRequest) async throws(LimitError) -> PickResult {
            all.withLockedValue { $0.append(request) }
            return .granted(
                Grant(
                    candidate: 0, lease: Lease(of: request, candidate: 0, second: 0, holder: .local), standings: [],
                    committed: [], isNearBudget: false))
        }

        func settle(_ settlement: Settlement, then done: @escaping @Sendable () -> Void) { done() }

        func feedback(_ truth: ProviderTruth) {}

        func renew(_ leases: [Lease]) {}
    }

    private let store = Requests()

    /// What is asked for one request of a route with two targets.
    private func ask(
        _ request: RouteRequest = RouteRequest(model: "m", tenant: .open), _ rule: RouteRule = RouteRule(.priority)
    ) async throws -> PickRequest {
        var configuration = RoutingConfiguration()
        configuration.providers = [ProviderConfiguration(name: "p", baseURL: "http://p/v1")]
        var whole = ModelProfile(name: "whole")
        whole.reserve = .maxTokens
        configuration.models.set(whole)
        configuration.models.set(ModelProfile(name: "used"))
        let targets = ["whole", "used"].map { model in
            var target = TargetConfiguration(provider: "p", model: model)
            target.limits.totalTokens = 1_000_000
            return target
        }
        var route = RouteConfiguration(model: "m", targets: targets)
        route.rule = rule
        configuration.routes = [route]
        let router = Router(configuration: configuration, health: HealthBoard(replica: "r"), limits: store)
        var attempts = try router.attempts(for: request)
        _ = try await attempts.next()
        return try #require(store.all.withLockedValue { $0 }.last)
    }

    @Test("Each is asked for what the call would count at its own model, and for a life that is renewed")
    func own() async throws {
        var request = RouteRequest(model: "m", tenant: .open)
        var traits = RequestTraits()
        traits.maxTokens = 2_000
        request.traits = traits
        let asked = try await ask(request)
        let outputs = Dictionary(
            uniqueKeysWithValues: asked.candidates.map { ($0.deployment.description, $0.outputTokens) })
        #expect(outputs == ["p/whole": 2_000, "p/used": TokenStatistics.coldOutput])
        #expect(asked.life == .seconds(5))
    }

    @Test("One with room is picked as the route says, or as its strategy asks")
    func mode() async throws {
        #expect(try await ask().mode == .firstFit)
        let roomiest = try await ask(RouteRequest(model: "m", tenant: .open), RouteRule(.usageHeadroom))
        #expect(roomiest.mode == .mostHeadroom)
        var rule = RouteRule(.usageHeadroom)
        rule.pick = .twoChoices
        rule.softRatio = 0.5
        var seeds: Set<UInt64> = []
        for _ in 0..<3 {
            let asked = try await ask(RouteRequest(model: "m", tenant: .open), rule)
            #expect(asked.mode == .twoChoices && asked.softRatio == 0.5)
            seeds.insert(asked.seed)
        }
        #expect(seeds.count == 3, "each request draws anew")
    }
}
