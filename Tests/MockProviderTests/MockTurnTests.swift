import Testing

@testable import MockProvider

@Suite("One answer for all dialects")
struct MockTurnTests {
    private static let tools = ["alpha", "beta-2", "gamma"].map { MockTool(name: $0, schema: nil) }

    private func prompt(_ question: String = "q", _ change: (inout MockPrompt) -> Void = { _ in }) -> MockPrompt {
        var prompt = MockPrompt()
        prompt.model = "m"
        prompt.lastUserText = question
        prompt.promptBytes = question.utf8.count
        change(&prompt)
        return prompt
    }

    private func turn(_ prompt: MockPrompt, _ change: (inout MockBehavior) -> Void = { _ in }) -> MockTurn {
        var behavior = MockBehavior()
        change(&behavior)
        return MockTurn(prompt, behavior: behavior, ordinal: 1, created: 0)
    }

    @Test("Functions are called as often and in the order that the question names them, as whole words", arguments: [
        ("use beta-2, then alpha and beta-2.", ["beta-2", "alpha", "beta-2"]), ("alphabet beta xgamma", []),
        ("(gamma)", ["gamma"]), ("", []),
    ])
    func mentions(_ question: String, _ names: [String]) {
        #expect(prompt(question) { $0.tools = Self.tools }.wantedCalls.map(\.name) == names)
    }

    @Test("What a request demands comes before what its question names", arguments: [
        (MockToolChoice.never, "alpha", []), (.required, "q", ["alpha"]),
        (.required, "gamma alpha", ["gamma", "alpha"]),
        (.named(["gamma"]), "alpha", ["gamma"]), (.named(["none"]), "alpha", []),
    ] as [(MockToolChoice, String, [String])])
    func choices(_ choice: MockToolChoice, _ question: String, _ names: [String]) {
        let prompt = prompt(question) {
            $0.tools = Self.tools
            $0.toolChoice = choice
        }
        #expect(prompt.wantedCalls.map(\.name) == names)
    }

    @Test("Without parallel calls there is one, behind a result none, and never more than the limit")
    func bounds() {
        let many = String(repeating: "alpha ", count: 100)
        #expect(prompt(many) { $0.tools = Self.tools }.wantedCalls.count == MockPrompt.callLimit)
        let single = prompt(many) {
            $0.tools = Self.tools
            $0.allowsParallelCalls = false
        }
        #expect(single.wantedCalls.count == 1)
        let answered = prompt(many) {
            $0.tools = Self.tools
            $0.endsWithToolResult = true
        }
        #expect(answered.wantedCalls.isEmpty && turn(answered) { $0.toolCall = "alpha" }.calls.isEmpty)
    }

    @Test("A knob names several functions, each called with its own id and the given arguments")
    func knob() {
        let turn = turn(prompt()) {
            $0.toolCall = "one,two"
            $0.toolArguments = #"{"a": [1, 2]}"#
        }
        #expect(turn.calls.map(\.name) == ["one", "two"] && Set(turn.calls.map(\.id)).count == 2)
        #expect(turn.calls.allSatisfy { $0.fragments == [#"{"a":"#, " [1,", " 2]}"] && $0.input == ["a": [1, 2]] })
        #expect(turn.stop == .calls && turn.tokens.isEmpty && turn.usage.output == 6)
    }

    @Test("The first stop sequence in the text ends it, whichever was given first", arguments: [
        (["three", "two"], "one ", MockStop.sequence("two")), (["four"], "one two three", .end),
        (["one"], "", .sequence("one")), ([""], "one two three", .end),
    ])
    func stopSequences(_ sequences: [String], _ text: String, _ stop: MockStop) {
        let turn = turn(prompt { $0.stopSequences = sequences }) { $0.answer = "one two three" }
        #expect(turn.text == text && turn.stop == stop)
    }

    @Test("Thinking takes from the limit first", arguments: [
        (100, 16, 32, MockStop.end), (20, 16, 4, .length), (10, 10, 0, .length), (16, 16, 0, .length),
    ])
    func limit(_ limit: Int, _ thinking: Int, _ tokens: Int, _ stop: MockStop) {
        let turn = turn(prompt {
            $0.tokenLimit = limit
            $0.thinking = .shown
        })
        #expect(turn.thinking.count == thinking && turn.tokens.count == tokens && turn.stop == stop)
        #expect(turn.usage.output == thinking + tokens && turn.usage.thinking == thinking)
    }

    @Test("The parts of the prompt add up, whatever the knobs say", arguments: [
        (nil, nil, nil, [100, 0, 0]), (30, nil, nil, [70, 30, 0]), (500, 500, nil, [0, 100, 0]),
        (30, 500, nil, [0, 30, 70]), (nil, nil, 200, [50, 0, 50]), (20, nil, 200, [50, 20, 30]),
        (80, nil, 200, [20, 80, 0]),
    ] as [(Int?, Int?, Int?, [Int])])
    func usage(_ read: Int?, _ write: Int?, _ marked: Int?, _ expected: [Int]) {
        let prompt = prompt(String(repeating: "x", count: 400)) { $0.markedBytes = marked }
        let usage = turn(prompt) {
            $0.cachedTokens = read
            $0.cacheWriteTokens = write
        }.usage
        #expect([usage.uncached, usage.cacheRead, usage.cacheWrite] == expected && usage.prompt == 100)
    }

    @Test("The same prompt gets the same answer, but for the number in its id")
    func repeats() {
        let first = MockTurn(prompt(), behavior: MockBehavior(), ordinal: 1, created: 0)
        let second = MockTurn(prompt(), behavior: MockBehavior(), ordinal: 2, created: 0)
        #expect(first.text == second.text && first.id != second.id)
        #expect(turn(prompt("other")).text != first.text)
    }
}
