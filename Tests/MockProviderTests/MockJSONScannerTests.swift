import Foundation
import GatewayTesting
import Testing

@testable import MockProvider

@Suite("JSON scanner")
struct MockJSONScannerTests {
    private static func accepts(_ bytes: [UInt8]) -> Bool {
        var scanner = MockJSONScanner(bytes)
        do {
            try scanner.skipValue()
            try scanner.end()
            return true
        } catch {
            return false
        }
    }

    @Test("JSON is accepted", arguments: [
        "null", " true ", "false", "0", "-0", "12", "1.5", "-1e5", "2E+3", "2e-3", "\"\"", "\"a\\n\\u00e9\"",
        "[]", "[ ]", "{}", "{ }", "[1,[2,[]],{}]", "{\"a\":{\"b\":[1]},\"c\":null}", "\t\n\r [1 , 2 ]\n",
    ])
    func valid(_ text: String) {
        #expect(Self.accepts(Array(text.utf8)))
    }

    @Test("What is not JSON is refused", arguments: [
        "", " ", "nul", "True", "01", "-", "+1", ".5", "1.", "1e", "1e+", "\"", "\"\\x\"", "\"\\u12g4\"", "\"\n\"",
        "[", "[1", "[1,]", "[,1]", "[1 2]", "{", "{a:1}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":1 \"b\":2}",
        "[}", "{]", "1 2", "[] []",
    ])
    func invalid(_ text: String) {
        #expect(!Self.accepts(Array(text.utf8)))
    }

    @Test("No proper prefix of an object is JSON")
    func prefixes() {
        let text = Array(#"{"a":[1,-2.5e3,"x\u00e9\ud83d\ude00"],"b":{"c":null,"d":true}}"#.utf8)
        #expect(Self.accepts(text))
        for length in 0..<text.count { #expect(!Self.accepts(Array(text[..<length])), "\(length) bytes") }
    }

    @Test("Nesting has a limit")
    func depth() {
        let limit = MockJSONScanner.depthLimit
        let nested = { (depth: Int) in [UInt8](repeating: 0x5B, count: depth) + [UInt8](repeating: 0x5D, count: depth) }
        #expect(Self.accepts(nested(limit)))
        #expect(!Self.accepts(nested(limit + 1)))
        #expect(!Self.accepts([UInt8](repeating: 0x5B, count: 1_000_000)))
    }

    @Test("Strings are decoded as Foundation decodes them")
    func strings() throws {
        for text in [
            #""plain""#, #""\"\\\/\b\f\n\r\t""#, #""\u0041\u00e9\u20ac\ud83d\ude00""#, "\"ü€😀\"", #""é\n""#,
        ] {
            var scanner = MockJSONScanner(Array(text.utf8))
            let expected = try JSONDecoder().decode([String].self, from: Data("[\(text)]".utf8))
            let decoded = try scanner.string()
            #expect([decoded] == expected)
        }
    }

    @Test("A lone half of a surrogate pair becomes the replacement character", arguments: [
        #""\ud83d""#, #""\ude00""#, #""\ud83dx""#, #""\ud83d\u0041""#,
    ])
    func loneSurrogates(_ text: String) throws {
        var scanner = MockJSONScanner(Array(text.utf8))
        let decoded = try scanner.string()
        #expect(decoded.unicodeScalars.first == "\u{FFFD}")
        #expect(scanner.index == text.utf8.count)
    }

    @Test("Random damage to a request never traps, and what is accepted Foundation accepts too")
    func damage() {
        let seed: UInt64 = 0xC0FFEE
        var generator = SeededGenerator(seed: seed)
        let text = Array(#"{"a":[1,-2.5e3,"x\u00e9"],"stream":true,"b":{"c":null}} "#.utf8)
        for round in 0..<5_000 {
            var bytes = text
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let position = Int.random(in: 0..<bytes.count, using: &generator)
                // Printable, so that both readers see valid UTF-8.
                bytes[position] = UInt8.random(in: 0x20...0x7E, using: &generator)
            }
            guard Self.accepts(bytes) else { continue }
            let isJSON = (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
            #expect(isJSON, "seed \(seed), round \(round): \(String(decoding: bytes, as: UTF8.self))")
        }
    }
}
