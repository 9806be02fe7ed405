import GatewayCore
import Policy
import Routing
import Testing

@testable import GatewayConfig

@Suite struct TenantRuleTests {
    private static let environment = ["A": "key-a", "B": "key-b"]

    private func load(_ more: String) throws -> GatewayConfiguration {
        try Refusals.load(
            """
            providers: [{name: p, base_url: "http://p"}]
            tenants: [{id: one, keys: [env:A], \(more)}, {id: two, keys: [env:B]}]
            """, environment: Self.environment)
    }

    private func messages(_ more: String) -> [String] {
        Refusals.issues(
            of: "providers: [{name: p, base_url: \"http://p\"}]\ntenants: [{id: one, keys: [env:A], \(more)}]",
            environment: Self.environment
        ).map { "\($0.path): \($0.message)" }
    }

    @Test("What a tenant may use is held, and only for a tenant that has a rule")
    func whole() throws {
        let configuration = try load(
            """
            limits: {rpm: 10, tpd: 5}, budgets: {day: 5, month: 100.5, total: 0.000000001}, models: [x, "y-*"],
            providers: [p], regions: [r1, r2], jurisdictions: [eu], retention: 30d, sensitivity: confidential
            """)
        #expect(configuration.policy.tenants.map(\.id) == [TenantID("one"), TenantID("two")])
        #expect(configuration.policy.tenants.map(\.keys) == [[Secret("key-a")], [Secret("key-b")]])
        #expect(Array(configuration.routing.tenants.keys) == [TenantID("one")])
        let rules = try #require(configuration.routing.tenants[TenantID("one")])
        #expect(rules.scope.scope == LimitScope(.tenant, "one"))
        #expect(rules.scope.limits.requests == 10)
        #expect(rules.scope.limits.tokensPerDay == 5)
        #expect(
            rules.scope.budgets == [
                HardBudget(.day, nanodollars: 5_000_000_000), HardBudget(.month, nanodollars: 100_500_000_000),
                HardBudget(.total, nanodollars: 1),
            ])
        #expect(rules.constraints.models == ["x", "y-*"])
        #expect(rules.constraints.providers == ["p"])
        #expect(rules.constraints.regions == ["r1", "r2"])
        #expect(rules.constraints.jurisdictions == ["eu"])
        #expect(rules.constraints.retention == .days30)
        #expect(rules.constraints.sensitivity == .confidential)
    }

    @Test("Any single rule is one", arguments: [
        "limits: {concurrency: 1}", "budgets: {day: 0}", "models: [x]", "sensitivity: public",
    ])
    func single(rule: String) throws {
        #expect(try load(rule).routing.tenants[TenantID("one")] != nil)
    }

    @Test("Nothing behind a key is no rule; an empty list is refused, as it could mean none or all")
    func emptyLists() throws {
        #expect(try load("models: , regions: , limits: , budgets: ").routing.tenants.isEmpty)
        #expect(
            messages("models: [], regions: []") == [
                "tenants[0].models: expected at least one, found an empty list; without this key all are allowed",
                "tenants[0].regions: expected at least one, found an empty list; without this key all are allowed",
            ])
    }

    @Test("A misspelt rule is refused, never dropped")
    func misspelt() {
        #expect(
            messages("providers: [q]")
                == ["tenants[0].providers[0]: expected the name of a provider, found q; did you mean p?"])
        #expect(messages("sensitivity: secret").first?.hasPrefix("tenants[0].sensitivity: expected one of ") == true)
        #expect(messages("budget: {day: 5}") == ["tenants[0].budget: unknown key; did you mean budgets?"])
        #expect(
            messages("budgets: {week: 5}")
                == ["tenants[0].budgets.week: unknown key; known here are day, month, total"])
        #expect(messages("budgets: {day: $5}").first?.contains("expected dollars from 0 to 9000000") == true)
    }
}
