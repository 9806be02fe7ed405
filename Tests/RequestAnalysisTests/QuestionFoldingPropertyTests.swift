import GatewayTesting
import Testing

@testable import RequestAnalysis

@Suite("Folding on random texts")
struct QuestionFoldingPropertyTests {
    private static let pieces: [String] = [
        " ", "  ", "\n", "\t", "\u{A0}", "a", "B", "I", "the", "The", "THE", "US", "iPhone", "5", "-", ".", "...", "?",
        "!",
        "\"", "'", "(", ")", "{", "`", "=", "$", ">", "#", ";", ":", ",", "/", "\\", "_", "@", "+", "don't", "C++",
        "etc",
        "git", "no", "Wi-Fi", "0x1F", "ORDER-1234",
    ]
    private static let foreign: [String] = [
        "é", "e\u{301}", "J\u{30C}", "ß", "\u{1E9E}", "İ", "ı", "Σ", "ς", "ǅ", "Ж", "ж", "你", "？", "。", "¿", "¡", "“",
        "”", "„",
        "«", "»", "\u{200B}", "\u{AD}", "\u{FEFF}", "\u{200D}", "\u{2028}", "👩", "\u{301}", "\u{37E}", "\u{1FEF}",
        "\u{212A}",
        "한", "\u{1112}\u{1161}", "…", "’", "\u{0}",
    ]

    private static func text(_ generator: inout SeededGenerator, from pieces: [String]) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0..<14, using: &generator) {
            text += pieces.randomElement(using: &generator) ?? ""
        }
        return text
    }

    @Test("Folding a folded text changes nothing", arguments: [1, 2, 3, 4] as [UInt64])
    func idempotent(seed: UInt64) {
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<5_000 {
            let text = Self.text(&generator, from: Self.pieces + Self.foreign)
            let once = QuestionFolding.fold(text)
            let twice = QuestionFolding.fold(once)
            #expect(Array(once.utf8) == Array(twice.utf8), "seed \(seed): \(text.debugDescription)")
        }
    }

    @Test("The fast path folds an ASCII text as the path for all scripts does", arguments: [5, 6] as [UInt64])
    func fastPath(seed: UInt64) {
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<5_000 {
            let text = Self.text(&generator, from: Self.pieces.filter { $0.utf8.allSatisfy { $0 < 0x80 } })
            let fast = QuestionFolding.fold(text)
            let slow = QuestionFolding.foldWithoutFastPath(text)
            #expect(Array(fast.utf8) == Array(slow.utf8), "seed \(seed): \(text.debugDescription)")
        }
    }

    @Test("Letters and digits survive folding in their order", arguments: [7] as [UInt64])
    func keepsContent(seed: UInt64) {
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<5_000 {
            let text = Self.text(&generator, from: Self.pieces)
            let before = text.lowercased().filter { $0.isLetter || $0.isNumber }
            let after = QuestionFolding.fold(text).lowercased().filter { $0.isLetter || $0.isNumber }
            #expect(before == after, "seed \(seed): \(text.debugDescription)")
        }
    }

    @Test("A text longer than the stack buffer folds like a short one")
    func long() {
        let sentence = "How do I  reset My password? "
        let text = String(repeating: sentence, count: 40)
        let folded = "how do I reset my password?"
        let expected = Array(repeating: folded, count: 40).joined(separator: " ").dropLast()
        #expect(QuestionFolding.fold(text) == String(expected))
    }
}
