import GatewayCore
import Routing
import Testing

@testable import GatewayConfig

@Suite struct ChooseTests {
    private static let targets =
        "targets: [{provider: a, model: s, tier: small}, {provider: a, model: l, tier: large}]"

    private func text(_ choose: String, targets: String = ChooseTests.targets) -> String {
        "routes: [{model: auto, choose: {\(choose)}, \(targets)}]"
    }

    /// The messages about the only route, without its path.
    private func messages(_ choose: String, targets: String = ChooseTests.targets) -> [String] {
        RouteText.messages(text(choose, targets: targets)).map { String($0.dropFirst("routes[0].".count)) }
    }

    @Test("All that is said of a choice is held")
    func whole() throws {
        let yaml = """
            routes:
              - model: auto
                strategy: latency
                choose:
                  objective: cost
                  tiers: [small, large]
                  default_tier: large
                  rules:
                    - name: one
                      tier: small
                      metadata: {team: [x, y]}
                      keywords: [refund, "pay*"]
                      tasks: [chat, question]
                      has_code: false
                      prompt_bytes: 0-500
                      conversation_bytes: 1KiB-
                  examples:
                    - {name: law, tier: large, phrases: [Is it legal?, Review this.], threshold: 0.5}
                    - {name: faq, tier: small, phrases: [Where is it?]}
                  thresholds: [0.25]
                  confidence: 0.5
                targets:
                  - {provider: a, model: s, tier: small}
                  - {provider: a, model: l, tier: large}
            """
        let route = try RouteText.route(yaml)
        let selection = try #require(route.selection)
        #expect(route.rule == RouteRule(.latency()))
        #expect(route.targets.map(\.tier) == ["small", "large"])
        #expect(selection.objective == .cost)
        #expect(selection.tiers == ["small", "large"])
        #expect(selection.defaultTier == "large")
        var rule = SelectionRule(name: "one", tier: "small")
        rule.metadata = MatchRule(metadata: ["team": ["x", "y"]])
        rule.keywords = ["refund", "pay*"]
        rule.tasks = [.chat, .question]
        rule.hasCode = false
        rule.promptBytes = 0...500
        rule.conversationBytes = 1024...Int.max
        #expect(selection.rules == [rule])
        #expect(selection.examples.map(\.name) == ["law", "faq"])
        #expect(selection.examples.map(\.tier) == ["large", "small"])
        #expect(selection.examples.map(\.phrases) == [["Is it legal?", "Review this."], ["Where is it?"]])
        #expect(selection.examples.map(\.threshold) == [0.5, 0.6])
        #expect(selection.thresholds == [0.25])
        #expect(selection.confidence == 0.5)
    }

    @Test("Tiers that nothing is, or that are named twice, are refused")
    func tiers() {
        #expect(
            messages("tiers: [small, large, small], default_tier: lage").map { $0 } == [
                "choose.tiers[2]: expected a tier's name to be unique, found small that line 2 has",
                "choose.default_tier: expected one of the tiers of this route, found lage; did you mean large?",
            ])
        #expect(
            messages("default_tier: large").first
                == "choose.tiers: expected a list of at least one tier, the weakest first, found nothing")
        #expect(messages("tiers: [small, large]").first?.hasPrefix("choose.default_tier: expected a name") == true)
    }

    @Test("Rules and examples refer to tiers there are, and say something")
    func references() {
        let sound = "tiers: [small, large], default_tier: large"
        #expect(
            messages("\(sound), rules: [{name: x, tier: tiny, has_code: true}]") == [
                "choose.rules[0].tier: expected one of the tiers of this route, found tiny; there are small, large"
            ])
        #expect(
            messages("\(sound), rules: [{name: x, tier: small}]").first?
                .hasPrefix("choose.rules[0].name: expected a condition beside it (metadata, ") == true)
        #expect(
            messages("\(sound), examples: [{name: x, tier: smal, phrases: [a]}, {name: x, tier: small}]") == [
                "choose.examples[0].tier: expected one of the tiers of this route, found smal; did you mean small?",
                "choose.examples[1].phrases: expected a list of at least one phrase, found nothing",
                "choose.examples[1].name: expected a name of examples to be unique, found x that line 2 has",
            ])
        #expect(
            messages("\(sound), rules: [{name: x, tier: small, tasks: [cod]}]").first?.hasSuffix("did you mean code?")
                == true)
    }

    @Test("There is one rising threshold for each border between tiers")
    func thresholds() {
        let sound = "tiers: [small, large], default_tier: large"
        #expect(
            messages("\(sound), thresholds: [0.2, 0.1]") == [
                "choose.thresholds: expected one for each border between the 2 tiers (1), found 2",
                "choose.thresholds[1]: expected more than the one before it, found less",
            ])
    }

    @Test("Each target of a choice has a tier and a model, and no priority")
    func targets() {
        let choose = "tiers: [small, large], default_tier: large"
        #expect(
            Set(messages(choose, targets: "targets: [{provider: a, tier: tiny, priority: 1}, {provider: b, model: x}]"))
                == [
                    "targets: expected a target of the tier small, found none",
                    "targets: expected a target of the tier large, found none",
                    "targets[0].tier: expected one of the tiers of this route, found tiny; there are small, large",
                    "targets[0].model: expected the model's name there, as the route's own is no model, found nothing",
                    "targets[0].priority: expected no priority on a route with choose, found one; its tiers decide",
                    "targets[1].tier: expected the tier of this target, as the route has choose, found nothing",
                ])
        #expect(
            messages(choose, targets: "by_priority: [{priority: 0}], \(Self.targets)") == [
                "by_priority: expected none on a route with choose, found some; its tiers have no priority"
            ])
        let weightless = "targets: [{provider: a, model: s, tier: small, weight: 0}, {provider: a, model: l, tier: large}]"
        #expect(
            messages(choose, targets: weightless)
                == ["targets: expected a target of the tier small with a weight above 0, found none"])
    }

    @Test("A tier without a choice is refused")
    func lonelyTier() {
        #expect(
            RouteText.messages("routes: [{model: m, targets: [{provider: a, tier: small}]}]") == [
                "routes[0].targets[0].tier: expected no tier on a route without choose, found one; there is priority"
            ])
    }

    @Test("A choice with a problem does not hide what is wrong with its targets, nor invent more")
    func broken() {
        #expect(
            messages("tiers: [small, large], default_tier: large, objective: speed", targets: Self.targets).count == 1)
        #expect(messages("tiers: small, default_tier: large").allSatisfy { !$0.hasPrefix("targets") })
    }

    @Test("Examples need the encoder", arguments: [
        ("embedding: {provider: off}", "embedding.provider: off"), ("cache: {mode: exact}", "cache.mode: exact"),
    ])
    func examples(setting: String, found: String) {
        let choose = "tiers: [small, large], default_tier: large, examples: [{name: x, tier: small, phrases: [a]}]"
        #expect(
            RouteText.messages(text(choose) + "\n\(setting)")
                == ["routes[0].choose.examples: expected an encoder for them, found \(found)"])
        #expect(RouteText.messages(text(choose)).isEmpty)
        #expect(RouteText.messages(text("tiers: [small, large], default_tier: large") + "\n\(setting)").isEmpty)
    }
}
