import GatewayTesting
import NIOCore
import Testing

@testable import GatewayCore

@Suite("JSON reading")
struct JSONDocumentTests {
    @Test("Fields are found with their kinds and values")
    func fields() throws {
        let document = try JSONDocument(
            #" {"model":"gpt","n":2,"t":0.5,"big":1e3,"on":true,"off":false,"none":null,"list":[1,[2],{"a":3}]} "#)
        let root = document.root
        #expect(root["model"]?.string == "gpt")
        #expect(root["n"]?.integer == 2)
        #expect(root["t"]?.double == 0.5)
        #expect(root["t"]?.integer == nil)
        #expect(root["big"]?.integer == 1000)
        #expect(root["on"]?.bool == true)
        #expect(root["off"]?.bool == false)
        #expect(root["none"]?.isNull == true)
        #expect(root["absent"] == nil)
        let list = try #require(root["list"])
        #expect(list.elements.map(\.kind) == [.number, .array, .object])
        #expect(list.elements.map { String(buffer: $0.rawText) } == ["1", "[2]", #"{"a":3}"#])
        #expect(root.members.map(\.name) == ["model", "n", "t", "big", "on", "off", "none", "list"])
    }

    @Test("Escapes in strings and keys are decoded, surrogate pairs to one scalar")
    func escapes() throws {
        let document = try JSONDocument(#"{"k\u0065y":"a\"\\\/\b\f\n\r\tA\uD83D\uDE00\u00e9"}"#)
        #expect(document.root["key"]?.string == "a\"\\/\u{8}\u{C}\n\r\tA😀é")
    }

    @Test("A doubled key counts as the last one")
    func doubledKey() throws {
        #expect(try JSONDocument(#"{"a":1,"a":2}"#).root["a"]?.integer == 2)
    }

    @Test("Mistakes are named with their place", arguments: [
        ("", "line 1, column 1"),
        ("{", "expected a key in quotes, found the end of the text (line 1, column 2)"),
        ("{\"a\":1,}", "expected a key in quotes, found '}' (line 1, column 8)"),
        ("[1,]", "expected a value, found ']' (line 1, column 4)"),
        ("{\n \"a\" 1}", "expected ':' behind the key, found '1' (line 2, column 6)"),
        ("[1 2]", "expected ',' or ']' in the array, found '2' (line 1, column 4)"),
        ("tru", "expected 'true'"), ("nul", "expected 'null'"), ("01", "expected the end of the text, found '1'"),
        ("-", "expected a digit"), ("1.", "expected a digit behind the point"), ("1e+", "in the exponent"),
        ("\"abc", "a string is not closed"), ("\"\\x\"", "expected one of"), ("\"\\u12g4\"", "four hexadecimal digits"),
        ("\"\\ud800\"", "a surrogate with its pair"), ("\"\\udc00\\ud800\"", "a surrogate with its pair"),
        ("\"a\u{1}\"", "must be escaped"), ("1 1", "expected the end of the text"), ("'a'", "found '''"),
        ("NaN", "expected a value"), ("{\"a\":Infinity}", "expected a value"),
    ])
    func mistakes(text: String, message: String) {
        let error = #expect(throws: JSONError.self) { try JSONDocument(text) }
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }

    @Test("Only well-formed UTF-8 is taken", arguments: [
        [0xFF], [0xC0, 0xAF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3], [0xE2, 0x82],
        [0xF0, 0x9F, 0x98],
    ] as [[UInt8]])
    func utf8(bytes: [UInt8]) {
        let text = ByteBuffer(bytes: [UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\"")])
        #expect(throws: JSONError.self) { try JSONDocument(text) }
    }

    @Test("Nesting is bounded, exactly")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(throws: Never.self) { try JSONDocument(nested(64)) }
        let error = #expect(throws: JSONError.self) { try JSONDocument(nested(65)) }
        #expect(error?.message == "nested deeper than 64 levels")
        #expect(throws: JSONError.self) { try JSONDocument(String(repeating: "{\"a\":[", count: 100_000)) }
    }

    @Test("Every truncation of a valid object is refused")
    func truncation() throws {
        let text = Array(#"{"a":[1,-2.5e3,"é\u00e9\n😀",true,false,null,{}],"b":{"c":[]}}"#.utf8)
        #expect(throws: Never.self) { try JSONDocument(ByteBuffer(bytes: text)) }
        for length in 0..<text.count {
            #expect(throws: JSONError.self) { try JSONDocument(ByteBuffer(bytes: text[..<length])) }
        }
    }

    @Test("Random damage never traps, and what is accepted can be walked", arguments: [1, 2, 3, 4] as [UInt64])
    func fuzz(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let valid = Array(
            #"{"model":"m","messages":[{"role":"user","content":"Hé\u00e9\uD83D\uDE00\""}],"t":-1.5e-3}"#.utf8)
        for _ in 0..<3_000 {
            var text = valid
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let index = Int.random(in: 0..<text.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: text[index] = UInt8.random(in: 0...255, using: &generator)
                case 1: text.remove(at: index)
                default: text.insert(UInt8(ascii: "\\"), at: index)
                }
            }
            guard let document = try? JSONDocument(ByteBuffer(bytes: text)) else { continue }
            var canonical = JSONCanonical()
            canonical.append(document.root)
            let again = try JSONDocument(ByteBuffer(bytes: canonical.bytes))
            var twice = JSONCanonical()
            twice.append(again.root)
            #expect(twice.bytes == canonical.bytes, "seed \(seed): \(String(decoding: text, as: UTF8.self))")
        }
    }
}
