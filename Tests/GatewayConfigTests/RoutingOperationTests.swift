import Routing
import Testing

@testable import GatewayConfig

@Suite struct RoutingOperationTests {
    @Test("What becomes of money without Redis is held", arguments: BudgetOutagePolicy.allCases)
    func outage(policy: BudgetOutagePolicy) throws {
        let yaml = "routing: {on_redis_down: \(policy.rawValue)}"
        #expect(try Refusals.load(yaml).routing.budgetOutage == policy)
    }

    @Test("The life of a lease is held, and no timeout of a provider asks for a longer one")
    func leaseLife() throws {
        let slow = "providers: [{name: p, base_url: \"http://p\", total_timeout: 2h}]\n"
            + "routes: [{model: m, targets: [{provider: p, limits: {rpm: 1}}]}]\n"
        #expect(try Refusals.load(slow).routing.leaseLife == .seconds(5))
        #expect(try Refusals.load(slow + "routing: {lease_life: 2s}").routing.leaseLife == .seconds(2))
        #expect(try Refusals.load("routing: {lease_life: 1h}").routing.leaseLife == PickRequest.longestLife)
        #expect(Refusals.issues(of: "routing: {lease_life: 999ms}").map(\.path) == ["routing.lease_life"])
    }

    @Test("Every rule of health is held")
    func health() throws {
        let keys = """
            hard_failures_within: 1s, error_rate: 0.25, error_rate_requests: 30, open_min: 2s, open_max: 3s,
            relapse_within: 4s, refused_key_pause: 5s, probe_timeout: 6s, rate_limited_pause: 7s,
            rate_limited_pause_max: 8s, last_resort_calls: 9, idle_probe: 10s
            """
        var expected = HealthRules()
        expected.pairMilliseconds = 1000
        expected.ratioPerMille = 250
        expected.ratioMinimum = 30
        expected.firstOpenMilliseconds = 2000
        expected.longestOpenMilliseconds = 3000
        expected.relapseMilliseconds = 4000
        expected.disabledMilliseconds = 5000
        expected.leaseMilliseconds = 6000
        expected.limitedMilliseconds = 7000
        expected.longestLimitedMilliseconds = 8000
        expected.lastResortCalls = 9
        expected.idleProbeMilliseconds = 10_000
        #expect(try Refusals.load("routing: {health: {\(keys)}}").routing.health == expected)
        #expect(try Refusals.load("routing: {health: {idle_probe: 0s}}").routing.health.idleProbeMilliseconds == nil)
    }

    @Test("A longest time below the shortest is refused")
    func order() {
        let yaml = "routing: {health: {open_min: 10m, rate_limited_pause: 1h}}"
        #expect(
            Refusals.issues(of: yaml).map(\.path)
                == ["routing.health.open_max", "routing.health.rate_limited_pause_max"])
    }

    @Test("Keys of the health rules that went are unknown", arguments: ["cooldown", "failures_before_cooldown"])
    func removed(key: String) {
        #expect(Refusals.issues(of: "routing: {\(key): 1}").map(\.path) == ["routing.\(key)"])
    }
}
