import GatewayCore
import Testing

@testable import RequestAnalysis

@Suite("Bytes by script")
struct ScriptTests {
    private func bytes(_ text: String) throws -> ScriptBytes { try Traits.ofQuestion(text).text.user }

    @Test("Every byte of a text is counted once, as what its line or sign is", arguments: [
        ("hello there", ScriptBytes(latin: 11)), ("今日は", ScriptBytes(cjk: 9)), ("a 今 b", ScriptBytes(latin: 4, cjk: 3)),
        ("안녕", ScriptBytes(cjk: 6)), ("привет", ScriptBytes(latin: 12)), ("", ScriptBytes()),
        ("let x = f(1);", ScriptBytes(code: 13)), ("```\nplain\n```", ScriptBytes(code: 13)),
        ("look:\n```\nplain\n```\nthanks", ScriptBytes(latin: 12, code: 14)), ("- a point\n", ScriptBytes(latin: 10)),
        ("😀 ok", ScriptBytes(latin: 7)), ("𠀋", ScriptBytes(cjk: 4)),
    ])
    func classes(text: String, expected: ScriptBytes) throws {
        #expect(try bytes(text) == expected)
        #expect(try bytes(text).total == text.utf8.count)
    }

    @Test("Lines of programs are code, and lines of letters are not", arguments: [
        ("for (int i = 0; i < n; i++) {", true), ("    return self.value", false), ("    x = compute(y)", true),
        ("SELECT a FROM b WHERE c = 1;", true), ("if (a && b) { c(); }", true), ("<div class=\"x\"><b></b></div>", true),
        ("I paid 20 dollars (twice) on Monday.", false), ("Dear Sir or Madam,", false), ("1. first item", false),
        ("Is 3 > 2?", false),
    ])
    func code(line: String, isCode: Bool) throws {
        #expect((try bytes(line).code > 0) == isCode)
    }

    @Test("Each role has its own count, and escapes count as what they stand for")
    func roles() throws {
        let traits = try Traits.ofMessages(
            #"{"role":"system","content":"abc"},{"role":"developer","content":"d"},{"role":"user","content":"caf\u00e9\n"},"#
                + #"{"role":"assistant","content":null},{"role":"assistant","content":"xy"},"#
                + #"{"role":"user","content":[{"type":"text","text":"ab"},{"type":"text","text":"c"}]}"#)
        #expect(traits.text.system.total == 4)
        #expect(traits.text.user.total == 6 + 3)
        #expect(traits.text.assistant.total == 2)
        #expect(traits.text.total.total == 15)
    }

    @Test("Random text never loses a byte, whatever its scalars")
    func random() throws {
        var generator = SystemRandomNumberGenerator()
        let seed = UInt64.random(in: 0...(.max), using: &generator)
        var state = seed
        func next(_ limit: UInt32) -> UInt32 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt32(truncatingIfNeeded: state >> 33) % limit
        }
        for _ in 0..<300 {
            var text = ""
            for _ in 0..<next(60) {
                let pick = [UInt32(0x80), 0x800, 0x1_0000, 0x11_0000][Int(next(4))]
                if let scalar = Unicode.Scalar(next(pick)) { text.unicodeScalars.append(scalar) }
            }
            let total = try bytes(text).total
            #expect(total == text.utf8.count, "seed \(seed), text \(text.debugDescription)")
        }
    }
}
