import GatewayCore
import Routing
import Testing

@testable import GatewayConfig

@Suite struct TargetTests {
    @Test("A target's priority, weight and labels are held")
    func whole() throws {
        let yaml = """
            routes:
              - model: m
                targets:
                  - {provider: a, model: x, priority: 2, weight: 0.5, match: {region: [eu, uk], team: law}}
                  - {provider: b}
            """
        let targets = try RouteText.route(yaml).targets
        #expect(targets.map(\.priority) == [2, 0])
        #expect(targets.map(\.weight) == [0.5, 1])
        #expect(targets.map(\.match) == [MatchRule(metadata: ["region": ["eu", "uk"], "team": ["law"]]), nil])
        #expect(targets.allSatisfy { $0.limits == Limits() && $0.tier == nil })
    }

    @Test("A match without labels, or a label without values, is refused", arguments: [
        ("{}", "match: expected at least one label with its values, found none"),
        ("{region: []}", "match.region: expected a label's value or a list of them, found nothing"),
        ("{region: }", "match.region: expected a label's value or a list of them, found nothing"),
        ("[eu]", "match: expected a section with keys, found a list"),
    ])
    func badMatch(match: String, message: String) {
        let found = RouteText.messages("routes: [{model: m, targets: [{provider: a, match: \(match)}]}]")
        #expect(found.first == "routes[0].targets[0].\(message)")
    }

    @Test("No target stands twice in a route; in two routes it may")
    func twice() throws {
        let yaml = """
            routes:
              - model: m
                targets:
                  - {provider: a, model: x}
                  - {provider: b, model: x}
                  - {provider: a, model: x, priority: 1}
                  - {provider: b}
                  - {provider: b}
            """
        let expected = "expected a route's target (its provider and model) to be unique, found"
        #expect(
            RouteText.refusals(yaml) == [
                "7:30: routes[0].targets[2].model: \(expected) a/x that line 5 has",
                "9:20: routes[0].targets[4].provider: \(expected) b that line 8 has",
            ])
        let apart = "routes: [{model: m, targets: [{provider: a}]}, {model: n, targets: [{provider: a}]}]"
        #expect(try RouteText.routes(apart).count == 2)
    }

    @Test("A route has no more targets than are looked at")
    func count() throws {
        func text(_ count: Int) -> String {
            let targets = (0..<count).map { "{provider: a, model: x\($0)}" }.joined(separator: ", ")
            return "routes: [{model: m, targets: [\(targets)]}]"
        }
        #expect(try RouteText.route(text(64)).targets.count == 64)
        #expect(RouteText.messages(text(65)) == ["routes[0].targets: expected at most 64 targets, found 65"])
    }

    @Test("Some target of each priority has a weight")
    func weights() throws {
        let yaml = """
            routes:
              - model: m
                targets: [{provider: a}, {provider: b, priority: 1, weight: 0}]
            """
        #expect(
            RouteText.messages(yaml)
                == ["routes[0].targets: expected a target of the priority 1 with a weight above 0, found none"])
        #expect(
            RouteText.messages("routes: [{model: m, targets: [{provider: a, weight: -1}]}]")
                == ["routes[0].targets[0].weight: expected a number from 0 to 1000000, found -1"])
        let spare = "routes: [{model: m, targets: [{provider: a}, {provider: b, weight: 0}]}]"
        #expect(try RouteText.route(spare).targets.map(\.weight) == [1, 0])
    }

    @Test("A provider that is not there is refused with the one that was meant")
    func unknownProvider() {
        let yaml = """
            providers: [{name: openai, base_url: "http://a"}]
            routes: [{model: m, targets: [{provider: openal}]}]
            """
        #expect(
            Refusals.of(yaml) == [
                "2:42: routes[0].targets[0].provider: expected the name of a provider, found openal; "
                    + "did you mean openai?"
            ])
    }

    @Test("A deployment's limits hold in all its routes, and cannot differ")
    func sharedLimits() throws {
        let yaml = """
            routes:
              - {model: m, targets: [{provider: a, model: x}, {provider: b}]}
              - {model: n, targets: [{provider: a, model: x, limits: {rpm: 5}}]}
              - {model: o, targets: [{provider: a, model: x, limits: {rpm: 5}}]}
            """
        #expect(try RouteText.routes(yaml).map { $0.targets.map(\.limits.requests) } == [[5, nil], [5], [5]])
        #expect(
            RouteText.messages(yaml + "\n  - {model: p, targets: [{provider: a, model: x, limits: {rpm: 6}}]}") == [
                "routes[3].targets[0].limits: expected the limits of a/x to be the same wherever it stands, found "
                    + "others than line 4 has; they may be left out but once"
            ])
    }
}
