import Foundation
import GatewayTesting
import NIOCore
import Testing

@testable import GatewayCore

@Suite("Strings written as JSON")
struct JSONStringTests {
    private func written(_ text: String) -> String {
        var buffer = ByteBuffer()
        buffer.writeJSONString(text)
        return String(buffer: buffer)
    }

    @Test("Only what must be escaped is, by its shortest escape", arguments: [
        ("", #""""#), ("plain Größe 👋", #""plain Größe 👋""#), (#"a"b\c/"#, #""a\"b\\c/""#),
        ("\n\r\t", #""\n\r\t""#), ("\u{0}\u{7}\u{1f}\u{7f}", #""\u0000\u0007\u001f"# + "\u{7f}\""),
        ("\"", #""\"""#), ("a\"\u{301}b", "\"a\\\"\u{301}b\""), ("\n\n", #""\n\n""#),
    ])
    func escapes(text: String, json: String) { #expect(Array(written(text).utf8) == Array(json.utf8)) }

    /// Read back by Foundation, which is no part of the gateway.
    @Test("Every string is read back as it was")
    func readBack() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "\"", "\\", "\n", "\u{0}", "\u{1b}", "a", "lang genug für einen Lauf", "ü", "👨‍👩‍👧", "\u{301}", "\r\n", "/",
        ]
        for _ in 0..<2_000 {
            let count = Int.random(in: 0...12, using: &random)
            let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            let data = Data("[\(written(text))]".utf8)
            let read = try #require(try JSONSerialization.jsonObject(with: data) as? [String], "seed \(seed)")
            #expect(Array((read.first ?? "").utf8) == Array(text.utf8), "seed \(seed)")
        }
    }
}
