import Routing
import Testing

@testable import GatewayConfig

@Suite struct StrategyTests {
    private func rule(_ keys: String, targets: String = "[{provider: a}]") throws -> RouteRule {
        try RouteText.route("routes: [{model: m, \(keys), targets: \(targets)}]").rule
    }

    private func messages(_ keys: String) -> [String] {
        RouteText.messages("routes: [{model: m, \(keys), targets: [{provider: a}]}]")
    }

    @Test("Each strategy is known by its name, and priority is the one of a route that names none")
    func names() throws {
        let strategies: [(String, RoutingStrategy)] = [
            ("priority", .priority), ("weighted", .weighted), ("latency", .latency()), ("least_busy", .leastBusy),
            ("headroom", .usageHeadroom), ("cheapest", .cheapest()), ("split", .split(experiment: "m")),
        ]
        for (name, strategy) in strategies {
            #expect(try rule("strategy: \(name)") == RouteRule(strategy), "\(name)")
            #expect(strategy.name.rawValue == name)
        }
        #expect(try rule("threshold: 0.5") == RouteRule(.priority))
    }

    @Test("A misspelt strategy is one issue, with the one that was meant")
    func misspelt() {
        #expect(
            messages("strategy: wieghted, experiment: x, least_quality: 0.5") == [
                "routes[0].strategy: expected one of priority, weighted, latency, least_busy, headroom, cheapest, "
                    + "split, found wieghted; did you mean weighted?"
            ])
    }

    @Test("What belongs to one strategy is refused beside another")
    func foreignKeys() throws {
        #expect(try rule("strategy: cheapest, least_quality: 0.25") == RouteRule(.cheapest(leastQuality: 0.25)))
        #expect(try rule("strategy: split, experiment: e-1") == RouteRule(.split(experiment: "e-1")))
        #expect(
            messages("least_quality: 0.5")
                == ["routes[0].least_quality: expected strategy: cheapest beside it, found strategy: priority"])
        #expect(
            messages("strategy: weighted, experiment: e")
                == ["routes[0].experiment: expected strategy: split beside it, found strategy: weighted"])
    }

    @Test("Shares, the cutoff and exploration are held")
    func shares() throws {
        let read = try rule(
            "share_limit: 0.5, exploration: 0.125, cutoff: {per_token: 200ms, first_token: 5s, times_median: 3}")
        #expect(read.usual.shareLimit == ShareLimit(share: 0.5))
        #expect(read.exploration.share == 0.125)
        #expect(read.cutoff?.longestPerToken == .milliseconds(200))
        #expect(read.cutoff?.longestFirstToken == .seconds(5))
        #expect(read.cutoff?.medianFactor == 3)
        #expect(try rule("threshold: 0.5").cutoff == nil)
    }

    @Test("How one with room is picked is said by name, with the share beyond which it comes later", arguments: [
        ("first_fit", PickRequest.Mode.firstFit), ("max_headroom", .mostHeadroom), ("p2c", .twoChoices),
    ])
    func pick(name: String, mode: PickRequest.Mode) throws {
        let read = try rule("pick: \(name), soft_ratio: 0.5")
        #expect(read.pick == mode)
        #expect(read.softRatio == 0.5)
        let usual = try rule("strategy: headroom")
        #expect(usual.pick == nil && usual.softRatio == 0.85)
    }

    @Test("A route that learns keeps its order: no other way to pick is taken beside it")
    func pickBesideLearning() {
        let expected = "routes[0].pick: expected first_fit on a route with learn, found p2c"
        #expect(messages("pick: p2c, learn: {floor: 0.02}").contains(expected))
        #expect(!messages("pick: first_fit, learn: {floor: 0.02}").contains { $0.hasPrefix("routes[0].pick") })
        #expect(messages("soft_ratio: 1.5") == ["routes[0].soft_ratio: expected a number from 0 to 1, found 1.5"])
    }

    @Test("A cutoff that cuts nothing off and shares beyond the whole are refused")
    func badShares() {
        #expect(
            messages("cutoff: {}") == [
                "routes[0].cutoff.per_token: expected at least one of per_token, first_token and times_median, found none"
            ])
        let paths = Refusals.issues(
            of: "routes: [{model: m, share_limit: 1.5, exploration: -1, cutoff: {first_token: 0s, times_median: 0.5}}]"
        ).map(\.path)
        for key in ["share_limit", "exploration", "cutoff.first_token", "cutoff.times_median"] {
            #expect(paths.contains("routes[0].\(key)"))
        }
    }

    @Test("Targets of one priority may be chosen in another way")
    func byPriority() throws {
        let targets = "[{provider: a}, {provider: b, priority: 1}]"
        let read = try rule(
            "by_priority: [{priority: 1, strategy: split, share_limit: 0.75}]", targets: targets)
        #expect(read.usual == RouteRule.Tier(.priority))
        #expect(read.tiers == [1: RouteRule.Tier(.split(experiment: "m"), shareLimit: ShareLimit(share: 0.75))])
    }

    @Test("A priority is named once, and only one that targets have")
    func badPriorities() {
        #expect(
            messages("by_priority: [{priority: 0, strategy: weighted}, {priority: 0}, {priority: 2}, {strategy: split}]")
                == [
                    "routes[0].by_priority: expected priorities that targets have, found 2",
                    "routes[0].by_priority[1].priority: expected a priority to be unique, found 0 that line 2 has",
                    "routes[0].by_priority[3].priority: expected an integer from 0 to 1000, found no such key in this "
                        + "section",
                ])
    }
}
