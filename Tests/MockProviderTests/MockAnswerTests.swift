import GatewayTesting
import Testing

@testable import MockProvider

@Suite("Answers")
struct MockAnswerTests {
    @Test("An answer has exactly the length asked for, and a shorter one is its beginning")
    func length() {
        let long = MockAnswer(question: "Where is it?", model: "m", length: 200, limit: nil)
        for length in 1...200 {
            let answer = MockAnswer(question: "Where is it?", model: "m", length: length, limit: nil)
            #expect(answer.tokens == Array(long.tokens.prefix(length)))
            #expect(answer.tokens.count == length && !answer.isCut)
        }
        let cut = MockAnswer(question: "Where is it?", model: "m", length: 200, limit: 7)
        #expect(cut.tokens == Array(long.tokens.prefix(7)) && cut.isCut)
    }

    @Test("A given text is cut into tokens that join to it again, whatever its spaces")
    func split() {
        let seed: UInt64 = 42
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let count = Int.random(in: 0...12, using: &generator)
            let letters: [Character] = [" ", " ", "a", "ü", "😀", "\n", "e\u{301}"]
            let text = String((0..<count).map { _ in letters.randomElement(using: &generator) ?? " " })
            let answer = MockAnswer(text: text, limit: nil)
            #expect(answer.text == text, "seed \(seed)")
            #expect(answer.tokens.allSatisfy { !$0.isEmpty && !$0.dropFirst().contains(" ") })
        }
    }

    @Test("The digest is FNV-1a, by its published test values")
    func digest() {
        // From the test vectors of the FNV authors for 64-bit FNV-1a.
        #expect(MockDigest("").hex == "cbf29ce484222325")
        #expect(MockDigest("a").hex == "af63dc4c8601ec8c")
        #expect(MockDigest("foobar").hex == "85944171f73967e8")
    }

    @Test("A long question is repeated in part only")
    func echo() {
        let question = Array(repeating: String(repeating: "x", count: 100), count: 50).joined(separator: "\n\t ")
        let answer = MockAnswer(question: question, model: "m", length: 40, limit: nil)
        let echoed = answer.tokens.filter { $0.hasPrefix(" x") }
        #expect(echoed.count == MockAnswer.echoLimit && echoed.allSatisfy { $0.count == 65 })
    }
}
