import GatewayCore
import Testing

@testable import Routing

@Suite("Selection rules")
struct RuleSetTests {
    private func isMet(_ text: String, _ change: (inout SelectionRule) -> Void) throws -> Bool {
        var rule = SelectionRule(name: "r", tier: "t")
        change(&rule)
        return RuleSet([rule]).match(try LabelledMix.traits(of: LabelledMix.body(text))) != nil
    }

    @Test("Keywords match whole words without regard to case, and beginnings with a star", arguments: [
        ("Please REFUND me", ["refund"], true), ("refunds, please", ["refund"], false), ("refunds!", ["refund*"], true),
        ("I want my money back.", ["money back"], true), ("money, back", ["money back"], true),
        ("moneyback", ["money back"], false), ("C++ or C?", ["c++"], true), ("C or D", ["c++"], false),
        ("anything", ["", "*", "  "], false), ("Rückgabe bitte", ["Rückgabe"], true), ("a", ["a"], true),
    ])
    func keywords(text: String, keywords: [String], expected: Bool) throws {
        #expect(try isMet(text) { $0.keywords = keywords } == expected)
    }

    @Test("Code, length and task are conditions of their own")
    func conditions() throws {
        let code = "Fix this:\n```\nlet x = 1;\n```"
        #expect(try isMet(code) { $0.hasCode = true })
        #expect(try !isMet("Fix this") { $0.hasCode = true })
        #expect(try isMet("Fix this") { $0.hasCode = false })
        #expect(try isMet("12345") { $0.promptBytes = 5...5 })
        #expect(try !isMet("123456") { $0.promptBytes = 0...5 })
        // The system message of the fixture has 28 bytes.
        #expect(try isMet("12345") { $0.conversationBytes = 33...33 })
        #expect(try isMet("Translate this into French: hello there") { $0.tasks = [.translation] })
        #expect(try !isMet("Who are you?") { $0.tasks = [.translation, .code] })
    }

    @Test("All conditions of a rule must hold, and a rule without any is never met")
    func conjunction() throws {
        #expect(try !isMet("hello") { _ in })
        #expect(try isMet("refund 12") { rule in
            rule.keywords = ["refund"]
            rule.promptBytes = 0...20
        })
        #expect(try !isMet("refund 12") { rule in
            rule.keywords = ["refund"]
            rule.promptBytes = 0...3
        })
    }

    @Test("Labels are matched, and of several rules the first that is met decides")
    func order() throws {
        var first = SelectionRule(name: "first", tier: "t")
        first.metadata = MatchRule(metadata: ["team": ["law"]])
        var second = SelectionRule(name: "second", tier: "t")
        second.keywords = ["hello"]
        var third = second
        third.name = "third"
        let rules = RuleSet([first, second, third])
        #expect(rules.match(try LabelledMix.traits(of: LabelledMix.body("hello")))?.name == "second")
        let labelled = try LabelledMix.traits(of: LabelledMix.body("hello"), metadata: #"{"team":"law"}"#)
        #expect(rules.match(labelled)?.name == "first")
    }
}
