import NIOCore
import Testing

@testable import GatewayCore

@Suite("Canonical JSON")
struct JSONCanonicalTests {
    private func canonical(_ text: String) throws -> String {
        var canonical = JSONCanonical()
        canonical.append(try JSONDocument(text).root)
        return String(decoding: canonical.bytes, as: UTF8.self)
    }

    @Test("One meaning has one spelling", arguments: [
        (#"{"b":1,"a":2}"#, #"{"a":2,"b":1}"#),
        (" [ 1 , 2 ] ", "[1,2]"),
        (#""\u0041\/\u00e9""#, #""A/é""#),
        (#""\u000a\u0001\"\\""#, #""\n\u0001\"\\""#),
        ("1.0", "1"), ("1e2", "100"), ("10E-1", "1"), ("-0", "0"), ("-0.0", "0"), ("0.70", "0.7"), ("7e-1", "0.7"),
        (#"{"x":{"z":1,"y":[true,null]}}"#, #"{"x":{"y":[true,null],"z":1}}"#),
    ])
    func oneSpelling(text: String, expected: String) throws {
        #expect(try canonical(text) == expected)
    }

    @Test("Different meanings stay apart", arguments: [
        ("9007199254740993", "9007199254740992"), ("1e400", "1e401"), ("1e-400", "0"), ("[1,2]", "[2,1]"),
        ("1", "\"1\""), ("true", "\"true\""), (#"{"a":1,"a":2}"#, #"{"a":2,"a":1}"#), ("0.1", "0.10000000000000001"),
    ])
    func apart(one: String, other: String) throws {
        #expect(try canonical(one) != canonical(other))
    }

    @Test("An element can be replaced and members left out at the top, not below")
    func replacing() throws {
        let root = try JSONDocument(#"{"user":"u","q":"text","meta":{"user":"kept"}}"#).root
        var canonical = JSONCanonical(replacing: root["q"], with: "\"?\"")
        canonical.append(root, omitting: ["user"])
        #expect(String(decoding: canonical.bytes, as: UTF8.self) == #"{"meta":{"user":"kept"},"q":"?"}"#)
    }
}

@Suite("JSON splicing")
struct JSONSpliceTests {
    private let text = #"{ "model" : "a", "stream":true , "extra": [1, 2.50] }"#

    private func apply(_ edit: (inout JSONSplice, JSONElement) -> Void, to text: String) throws -> String {
        let document = try JSONDocument(text)
        var splice = JSONSplice(document)
        edit(&splice, document.root)
        return String(buffer: splice.apply())
    }

    @Test("Without edits the same bytes come back")
    func untouched() throws {
        #expect(try apply({ _, _ in }, to: text) == text)
    }

    @Test("A replaced value changes nothing around it")
    func replace() throws {
        let result = try apply({ $0.set("model", of: $1, to: ByteBuffer(string: "\"b\"")) }, to: text)
        #expect(result == #"{ "model" : "b", "stream":true , "extra": [1, 2.50] }"#)
    }

    @Test("A new member goes in front, also into an empty object")
    func insert() throws {
        let edit: (inout JSONSplice, JSONElement) -> Void = { $0.set("n", of: $1, to: ByteBuffer(string: "1")) }
        #expect(try apply(edit, to: "{}") == #"{"n":1}"#)
        #expect(try apply(edit, to: #"{"a":2}"#) == #"{"n":1,"a":2}"#)
    }

    @Test("Any set of members can be cut out and valid JSON with the others remains", arguments: 0..<8)
    func remove(mask: Int) throws {
        let names = ["model", "stream", "extra"]
        let cut = Set(names.enumerated().filter { mask & (1 << $0.offset) != 0 }.map(\.element))
        let result = try apply({ $0.remove(cut, of: $1) }, to: text)
        #expect(try JSONDocument(result).root.members.map(\.name) == names.filter { !cut.contains($0) })
    }

    @Test("Several edits apply at their own places")
    func several() throws {
        let result = try apply({ splice, root in
            splice.set("model", of: root, to: ByteBuffer(string: "\"longer name\""))
            splice.set("new", of: root, to: ByteBuffer(string: "{}"))
            splice.remove(["stream"], of: root)
        }, to: text)
        #expect(result == #"{"new":{}, "model" : "longer name" , "extra": [1, 2.50] }"#)
    }
}
