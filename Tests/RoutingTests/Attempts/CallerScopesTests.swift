import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import Testing

@testable import Routing

@Suite("Limits of tenants, teams and keys")
struct CallerScopesTests {
    private static let acme = TenantID("acme")

    /// Counts like the store it stands for, and keeps what it was asked.
    private final class AskedStore: LimitStore {
        let asked = NIOLockedValueBox<[PickRequest]>([])
        private let store = LocalLimitStore(now: { UnixTime(milliseconds: 1_800_000_000_500) })

        func pick(_ request: PickRequest) async throws(LimitError) -> PickResult {
            asked.withLockedValue { $0.append(request) }
            return try await store.pick(request)
        }

        func settle(_ settlement: Settlement, then done: @escaping @Sendable () -> Void) {
            store.settle(settlement, then: done)
        }

        func feedback(_ truth: ProviderTruth) { store.feedback(truth) }
        func renew(_ leases: [Lease]) { store.renew(leases) }
    }

    private static func scope(
        _ kind: LimitScope.Kind, _ name: String, _ change: (inout ScopeLimits) -> Void
    ) -> ScopeLimits {
        var scope = ScopeLimits(LimitScope(kind, name))
        change(&scope)
        return scope
    }

    private static func router(
        tenant: ScopeLimits? = nil, keys: [String: [ScopeLimits]], limits: any LimitStore
    ) -> Router {
        var configuration = RoutingConfiguration()
        configuration.providers = [ProviderConfiguration(name: "east", baseURL: "http://east/v1")]
        configuration.routes = [
            RouteConfiguration(model: "m", targets: [TargetConfiguration(provider: "east", model: "small")])
        ]
        var profile = ModelProfile(name: "small")
        let price = TokenPrice(picodollars: 1_000_000)
        profile.prices = ModelPrices(input: price, output: price)
        configuration.models.set(profile)
        configuration.waiting.longestWait = .zero
        if let tenant {
            var rules = TenantRules(acme)
            rules.scope = tenant
            configuration.tenants = [acme: rules]
        }
        for (name, scopes) in keys { configuration.keys[APIKeyID(name)] = KeyRules(tenant: acme, scopes: scopes) }
        return Router(configuration: configuration, health: HealthBoard(replica: "r"), limits: limits)
    }

    private static func request(key: String?) -> RouteRequest {
        var traits = RequestTraits()
        traits.maxTokens = 1
        var request = RouteRequest(model: "m", tenant: acme, traits: traits)
        request.key = key.map { APIKeyID($0) }
        return request
    }

    /// A call under way, until it is ended or let go.
    private static func ask(_ router: Router, key: String?) async throws(GatewayError) -> RouteAttempt {
        var attempts = try router.attempts(for: request(key: key))
        guard let attempt = try await attempts.next() else { throw GatewayError(.internalFault, "no target is left") }
        return attempt
    }

    /// Nil when there is room.
    private static func refusal(_ router: Router, key: String?) async -> GatewayError? {
        do throws(GatewayError) {
            _ = try await ask(router, key: key)
            return nil
        } catch {
            return error
        }
    }

    @Test("Keys of a team share its requests, each beside its own, and a key without a name has the tenant's alone")
    func requests() async throws {
        let team = Self.scope(.team, "search") { $0.limits.requests = 3 }
        let own = Self.scope(.key, "one") { $0.limits.requests = 1 }
        let limits = LocalLimitStore(now: { UnixTime(milliseconds: 1_800_000_000_500) })
        let router = Self.router(keys: ["one": [team, own], "two": [team]], limits: limits)
        #expect(router.admission(of: Self.acme) == nil)
        #expect(router.admission(of: Self.acme, key: APIKeyID("other")) == nil)
        let one = try #require(router.admission(of: Self.acme, key: APIKeyID("one")))
        let two = try #require(router.admission(of: Self.acme, key: APIKeyID("two")))
        // What leaves least is told.
        #expect(try await one.result().get().map(\.remaining) == [0])
        guard case .failure(let ownFull) = await one.result() else { throw Unexpected() }
        #expect(ownFull.refusal == LimitRefusal(.key, .requests))
        #expect(ownFull.message == "the key has used its limit of 1 requests a minute")
        #expect(ownFull.retryAfter == .milliseconds(60_500))
        #expect(try await two.result().get().map(\.remaining) == [1])
        #expect(try await two.result().get().map(\.remaining) == [0])
        guard case .failure(let teamFull) = await two.result() else { throw Unexpected() }
        #expect(teamFull.refusal == LimitRefusal(.team, .requests))
        #expect(teamFull.message == "the team has used its limit of 3 requests a minute")
    }

    @Test("A call takes room of tenant, team and key in one step, or of none")
    func calls() async throws {
        let tenant = Self.scope(.tenant, "acme") { $0.limits.concurrency = 3 }
        let team = Self.scope(.team, "search") { $0.limits.concurrency = 2 }
        let own = Self.scope(.key, "one") { $0.limits.concurrency = 1 }
        let store = AskedStore()
        let router = Self.router(tenant: tenant, keys: ["one": [team, own], "two": [team]], limits: store)
        var held = [try await Self.ask(router, key: "one")]
        #expect(store.asked.withLockedValue { $0.map { $0.scopes.map(\.scope.kind) } } == [[.tenant, .team, .key]])
        #expect(await Self.refusal(router, key: "one")?.refusal == LimitRefusal(.key, .concurrency))
        // The refusal took nothing: the team has one left, and then the tenant.
        held.append(try await Self.ask(router, key: "two"))
        #expect(await Self.refusal(router, key: "two")?.refusal == LimitRefusal(.team, .concurrency))
        held.append(try await Self.ask(router, key: nil))
        #expect(await Self.refusal(router, key: nil)?.refusal == LimitRefusal(.tenant, .concurrency))
        // What ends gives all of them their room back.
        for attempt in held { attempt.end(.cancelled) }
        #expect(await Self.refusal(router, key: "one")?.message == nil)
    }

    @Test("Whoever has no limits is asked nothing about, and scopes that limit no call go with none")
    func nothing() async throws {
        let store = AskedStore()
        let router = Self.router(
            keys: ["rated": [Self.scope(.key, "rated") { $0.limits.requests = 5 }]], limits: store)
        for key in [nil, "rated"] { #expect(await Self.refusal(router, key: key)?.message == nil) }
        #expect(store.asked.withLockedValue { $0.count } == 0)
        #expect(try !router.plan(model: "m", tenant: Self.acme, key: APIKeyID("rated")).needsTraits)
    }

    @Test("The money of a key is its own, and targets without a price are left out for it")
    func money() async throws {
        let own = Self.scope(.key, "one") { $0.budgets = [HardBudget(.day, nanodollars: 1)] }
        let router = Self.router(
            keys: ["one": [own]], limits: LocalLimitStore(now: { UnixTime(milliseconds: 1_800_000_000_500) }))
        #expect(try router.plan(model: "m", tenant: Self.acme, key: APIKeyID("one")).needsTraits)
        let refused = try #require(await Self.refusal(router, key: "one"))
        #expect(refused.code == .budgetExhausted && refused.refusal == LimitRefusal(.key, .budget))
        #expect(refused.message == "the day's budget of the key is used up")
        #expect(await Self.refusal(router, key: nil)?.message == nil)
    }

    private struct Unexpected: Error {}
}
