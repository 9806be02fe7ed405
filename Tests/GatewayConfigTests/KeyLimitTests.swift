import GatewayCore
import Policy
import Routing
import Testing

@testable import GatewayConfig

@Suite("Limits of teams and keys in the file")
struct KeyLimitTests {
    private static let environment = ["A": "key-a", "B": "key-b", "C": "key-c"]

    private func load(_ yaml: String) throws -> GatewayConfiguration {
        try Refusals.load(yaml, environment: Self.environment)
    }

    private func messages(_ yaml: String) -> [String] {
        Refusals.issues(of: yaml, environment: Self.environment).map { "\($0.path): \($0.message)" }
    }

    @Test("A key is a reference, or a section with a name, a team and limits of its own")
    func whole() throws {
        let configuration = try load(
            """
            teams: [{id: search, limits: {rpm: 9}, budgets: {day: 5}}]
            tenants:
              - id: one
                keys: [env:A, {key: env:B, name: batch, team: search, limits: {tpm: 100}, budgets: {total: 1}}]
              - {id: two, keys: [{key: env:C, name: plain}]}
            """)
        let tenants = configuration.policy.tenants
        #expect(tenants.map(\.keys) == [[Secret("key-a"), Secret("key-b")], [Secret("key-c")]])
        #expect(tenants.map(\.namedKeys) == [[APIKeyID("batch"): Secret("key-b")], [:]])
        var team = ScopeLimits(LimitScope(.team, "search"), budgets: [HardBudget(.day, nanodollars: 5_000_000_000)])
        team.limits.requests = 9
        var own = ScopeLimits(LimitScope(.key, "batch"), budgets: [HardBudget(.total, nanodollars: 1_000_000_000)])
        own.limits.totalTokens = 100
        #expect(
            configuration.routing.keys
                == [APIKeyID("batch"): KeyRules(tenant: TenantID("one"), scopes: [team, own])])
        #expect(configuration.routing.countsUse)
    }

    @Test("A team that is not there, names that come twice and sections without a key are refused")
    func refused() {
        #expect(
            messages(
                """
                teams: [{id: search, limits: {rpm: 9}}]
                tenants: [{id: one, keys: [{key: env:A, name: k, team: serach}]}]
                """)
                == ["tenants[0].keys[0].team: expected the id of a team, found serach; did you mean search?"])
        #expect(
            messages(
                """
                tenants:
                  - {id: one, keys: [{key: env:A, name: k}]}
                  - {id: two, keys: [{key: env:B, name: k}]}
                """)
                == ["tenants[1].keys[0].name: expected a key's name to be unique, found k that line 2 has"])
        #expect(
            messages("tenants: [{id: one, keys: [{name: k}]}]").first?.hasPrefix("tenants[0].keys[0].key: expected a")
                == true)
        #expect(
            messages("tenants: [{id: one, keys: [{key: env:A}]}]").first?
                .hasPrefix("tenants[0].keys[0].name: expected a name") == true)
        #expect(
            messages("tenants: [{id: one, keys: [{key: env:A, name: k, limit: {rpm: 1}}]}]")
                == ["tenants[0].keys[0].limit: unknown key; did you mean limits?"])
        #expect(
            messages("teams: [{id: search}]")
                == ["teams[0].limits: expected limits or budgets that the team's keys share, found neither"])
    }

    @Test("One key in two places is refused without being shown, in whichever form it stands")
    func doubled() {
        let found = messages("tenants: [{id: one, keys: [env:A, {key: env:A, name: k}]}]")
        #expect(found == ["tenants[0].keys[1]: expected a tenant's key to be unique, found one that line 1 has"])
    }
}
