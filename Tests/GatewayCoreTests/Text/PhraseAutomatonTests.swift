import Testing

@testable import GatewayCore

@Suite("Many phrases in one pass")
struct PhraseAutomatonTests {
    private func found(_ phrases: [String], in text: String) -> [Int] {
        var indices: [Int] = []
        PhraseAutomaton(phrases).scan(WordText.words(of: text.utf8).span) { indices.append($0) }
        return indices.sorted()
    }

    @Test("Phrases inside, behind and across one another are all found, as often as they stand there")
    func overlaps() {
        #expect(found(["a b", "b", "b c", "a b c", "c"], in: "a b c") == [0, 1, 2, 3, 4])
        #expect(found(["na na"], in: "na na na na") == [0, 0, 0])
        #expect(found(["x", "x"], in: "x") == [0, 1])
    }

    @Test("A phrase ends where its word ends, unless it ends with a star")
    func borders() {
        #expect(found(["cat"], in: "cat concatenate cats bobcat") == [0])
        #expect(found(["cat*"], in: "cat concatenate cats bobcat") == [0, 0])
        #expect(found(["summar*", "the end"], in: "Summarise THE END!") == [0, 1])
    }

    @Test("Phrases without a word match nothing, and none make an automaton that finds nothing")
    func empty() {
        #expect(found(["", "*", " ", "?!"], in: "? a *") == [])
        #expect(found([], in: "a") == [])
        #expect(found(["a"], in: "") == [])
    }

    /// Against looking for each phrase by itself.
    @Test("Random phrases in random texts are found where a plain search finds them")
    func random() {
        let seed = UInt64.random(in: 0...(.max))
        var state = seed
        func next(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        func words(_ limit: Int) -> String {
            (0..<1 + next(limit)).map { _ in ["a", "b", "ab", "ba", "aa", "é"][next(6)] }.joined(separator: " ")
        }
        for _ in 0..<300 {
            let phrases = (0..<8).map { _ in words(3) }
            let text = words(30)
            let padded = " " + text + " "
            var expected: [Int] = []
            for (index, phrase) in phrases.enumerated() {
                let wanted = Array((" " + phrase + " ").utf8)
                let bytes = Array(padded.utf8)
                for start in bytes.indices where bytes[start...].starts(with: wanted) { expected.append(index) }
            }
            #expect(found(phrases, in: text) == expected.sorted(), "seed \(seed)")
        }
    }

    @Test("Phrases beyond the bound never match, those before it do")
    func bounded() {
        let long = String(repeating: "x", count: 16_000)
        #expect(found(["a", long, long, "b"], in: "a b") == [0])
    }
}
