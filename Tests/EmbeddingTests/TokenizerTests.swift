import GatewayTesting
import Testing

@testable import Embedding

@Suite("Tokenizer")
struct TokenizerTests {
    @Test("Words are cut into the longest pieces, and a word with an unknown part is unknown as a whole", arguments: [
        ("unaffable", ["un", "##aff", "##able"]), ("UNwanted running", ["[UNK]", "runn", "##ing"]),
        ("lower, low!", ["low", "##er", ",", "low", "!"]), ("lowx", ["[UNK]"]), ("", []), (" \t\n", []),
        ("wanted,!wanted", ["want", "##ed", ",", "!", "want", "##ed"]),
    ])
    func pieces(text: String, expected: [String]) throws {
        let tokenizer = try TokenizerFixture.tokenizer()
        // “##want” is no piece, so the word that begins with a known “un” is unknown.
        #expect(TokenizerFixture.cut(text, with: tokenizer) == expected)
    }

    @Test("Accents, case, controls and ideographs follow the normaliser's flags")
    func flags() throws {
        let usual = try TokenizerFixture.tokenizer()
        #expect(TokenizerFixture.cut("É e\u{301} l\u{0}o\u{200D}w", with: usual) == ["e", "e", "low"])
        #expect(TokenizerFixture.cut("low中low", with: usual) == ["low", "中", "low"])
        let cased = try TokenizerFixture.tokenizer(TokenizerFixture.json(lowercase: false))
        #expect(TokenizerFixture.cut("low LOW é", with: cased) == ["low", "[UNK]", "[UNK]"])
        let stripped = try TokenizerFixture.tokenizer(TokenizerFixture.json(lowercase: false, stripAccents: "true"))
        #expect(TokenizerFixture.cut("low LOW é", with: stripped) == ["low", "[UNK]", "e"])
        let dirty = try TokenizerFixture.tokenizer(TokenizerFixture.json(clean: false))
        #expect(TokenizerFixture.cut("l\u{0}ow", with: dirty) == ["[UNK]"])
    }

    @Test("A piece that continues with a combining mark is still found")
    func combiningPiece() throws {
        #expect(TokenizerFixture.cut("aा", with: try TokenizerFixture.tokenizer()) == ["a", "##ा"])
    }

    @Test("Words of up to the limit are cut, longer ones are unknown")
    func longWords() throws {
        let tokenizer = try TokenizerFixture.tokenizer()
        #expect(TokenizerFixture.cut(String(repeating: "a", count: 20), with: tokenizer).count == 20)
        #expect(TokenizerFixture.cut(String(repeating: "a", count: 21), with: tokenizer) == ["[UNK]"])
        // Counted after accents are gone.
        #expect(TokenizerFixture.cut(String(repeating: "á", count: 20), with: tokenizer).count == 20)
    }

    @Test("Literal control tokens are control tokens only for the reference rule")
    func specialTokens() throws {
        let escaping = try TokenizerFixture.tokenizer()
        #expect(TokenizerFixture.cut("a[SEP]a", with: escaping) == ["a", "[", "sep", "]", "a"])
        let recognising = try TokenizerFixture.tokenizer(rule: .recognise)
        #expect(TokenizerFixture.cut("a[SEP]a[sep]", with: recognising) == ["a", "[SEP]", "a", "[", "sep", "]"])
        #expect(TokenizerFixture.cut("é[SEP", with: recognising) == ["e", "[", "sep"])
    }

    @Test("A text is cut at the limit, and only a text that lost something says so")
    func truncation() throws {
        let tokenizer = try TokenizerFixture.tokenizer(length: 5)
        let exact = tokenizer.tokenize("a a a")
        #expect(exact.ids.count == 5 && !exact.isTruncated)
        let long = tokenizer.tokenize("a a a a")
        #expect(long.ids == exact.ids && long.isTruncated)
        // The last word loses its end, but not its beginning.
        let inWord = tokenizer.tokenize("a a unaffable")
        #expect(inWord.ids.map { TokenizerFixture.pieces[Int($0)] } == ["[CLS]", "a", "a", "un", "[SEP]"])
        #expect(inWord.isTruncated)
        // A word that turns out unknown takes one place, whatever pieces were tried.
        let unknown = tokenizer.tokenize("a a unaffx")
        #expect(unknown.ids.map { TokenizerFixture.pieces[Int($0)] } == ["[CLS]", "a", "a", "[UNK]", "[SEP]"])
        #expect(!unknown.isTruncated)
    }

    @Test("Random Unicode never traps, keeps the length limit, and never yields a control token", arguments: 1...8)
    func randomUnicode(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let tokenizer = try TokenizerFixture.tokenizer(length: 32)
        for _ in 0..<150 {
            let text = Self.randomText(using: &generator)
            let ids = tokenizer.tokenize(text).ids
            #expect((2...32).contains(ids.count), "seed \(seed)")
            #expect(ids.dropFirst().dropLast().allSatisfy { $0 == 1 || $0 > 4 }, "seed \(seed)")
        }
    }

    @Test("A text cut at a space has the tokens of its two parts", arguments: 1...8)
    func splitting(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed) + 100)
        let tokenizer = try TokenizerFixture.tokenizer(length: 4096)
        for _ in 0..<60 {
            let (left, right) = (Self.randomText(using: &generator), Self.randomText(using: &generator))
            let whole = TokenizerFixture.cut(left + " " + right, with: tokenizer)
            let parts = TokenizerFixture.cut(left, with: tokenizer) + TokenizerFixture.cut(right, with: tokenizer)
            #expect(whole == parts, "seed \(seed)")
        }
    }

    @Test("A very long run of marks on one letter is bounded and does not trap")
    func manyMarks() throws {
        let tokenizer = try TokenizerFixture.tokenizer()
        let text = "a" + String(repeating: "\u{301}\u{323}", count: 5_000) + " low"
        #expect(TokenizerFixture.cut(text, with: tokenizer) == ["a", "low"])
    }

    private static func randomText(using generator: inout SeededGenerator) -> String {
        let blocks: [ClosedRange<UInt32>] = [
            0x00...0x7F, 0x20...0x7E, 0x80...0x24F, 0x300...0x36F, 0x900...0x97F, 0xAC00...0xD7A3, 0x4E00...0x4EFF,
            0x2000...0x206F, 0xF900...0xFAFF, 0x1F300...0x1F6FF, 0xE0000...0xE007F, 0x0...0x10FFFF,
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...40, using: &generator) {
            let block = blocks[Int.random(in: 0..<blocks.count, using: &generator)]
            if let scalar = Unicode.Scalar(UInt32.random(in: block, using: &generator)) { text.append(scalar) }
        }
        return String(text)
    }
}
