import GatewayCore
import Testing

@testable import Routing

@Suite("Match rules")
struct MatchRuleTests {
    private typealias Fixture = SelectionFixture

    /// A target for one region, one for a team there, and a catch-all.
    private let model = Fixture.model { model in
        let eu = MatchRule(metadata: ["region": ["eu", "ch"]])
        let team = MatchRule(metadata: ["region": ["eu"], "team": ["law"]])
        model.tiers = [
            SelectionTier(name: "only", targets: [
                Fixture.target(Fixture.small, provider: "eu", match: eu),
                Fixture.target(Fixture.middle, provider: "team", match: team),
                Fixture.target(Fixture.large, provider: "all"),
            ]),
        ]
        model.defaultTier = "only"
    }

    private func providers(_ labels: [String: String], _ model: VirtualModel) -> [String] {
        var traits = RequestTraits()
        traits.metadata = labels
        return Fixture.decide(model, SelectionInput(traits: traits)).groups.joined().map(\.target.provider)
    }

    @Test("Targets whose rule fits come alone; without one the catch-alls take the request", arguments: [
        ([:], ["all"]), (["region": "us"], ["all"]), (["region": "ch"], ["eu"]), (["region": "eu"], ["eu"]),
        (["region": "eu", "team": "law"], ["eu", "team"]), (["team": "law"], ["all"]),
    ] as [([String: String], [String])])
    func matching(labels: [String: String], expected: [String]) {
        #expect(providers(labels, model) == expected)
    }

    @Test("A catch-all does not step in for a fitting target that broke another rule")
    func noSilentFallback() {
        var strict = model
        strict.tiers[0].targets[0].profile?.contextTokens = 1
        #expect(providers(["region": "ch"], strict) == [])
    }

    @Test("A rule without conditions fits every request")
    func empty() {
        #expect(MatchRule(metadata: [:]).matches([:]))
        #expect(!MatchRule(metadata: ["a": []]).matches(["a": ""]))
    }
}
