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

    @Test("Each is asked for what the call would count at its own model, and for a life that is renewed")
    func own() async throws {
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
        configuration.routes = [RouteConfiguration(model: "m", targets: targets)]
        let store = Requests()
        let router = Router(configuration: configuration, health: HealthBoard(replica: "r"), limits: store)
        var request = RouteRequest(model: "m", tenant: .open)
        var traits = RequestTraits()
        traits.maxTokens = 2_000
        request.traits = traits
        var attempts = try router.attempts(for: request)
        _ = try await attempts.next()
        let asked = try #require(store.all.withLockedValue { $0 }.first)
        let outputs = Dictionary(asked.candidates.map { ($0.deployment.description, $0.outputTokens) }) { one, _ in one }
        #expect(outputs == ["p/whole": 2_000, "p/used": TokenStatistics.coldOutput])
        #expect(asked.life == .seconds(5))
    }
}
