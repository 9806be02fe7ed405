import Testing

@testable import MockProvider

@Suite("Instances of schemas")
struct MockSchemaInstanceTests {
    private struct Mismatch: Error { let value: MockJSON }

    private func instances(_ schema: String) throws -> [MockJSON] {
        let parsed = try #require(MockJSON(text: schema))
        return (UInt64(1)...50).map { seed in
            var instance = MockSchemaInstance(parsed, seed: seed)
            return instance.value()
        }
    }

    @Test("Bounds of numbers hold, whole or not", arguments: [
        (#"{"type":"integer","minimum":3,"maximum":5}"#, 3.0, 5.0),
        (#"{"type":"integer","exclusiveMinimum":3,"exclusiveMaximum":5}"#, 4.0, 4.0),
        (#"{"type":"integer","multipleOf":7,"minimum":8,"maximum":20}"#, 14.0, 14.0),
        (#"{"type":"number","minimum":0.5,"maximum":0.75}"#, 0.5, 0.75),
        (#"{"type":"number","maximum":-3}"#, -.infinity, -3.0),
        (#"{"type":"INTEGER","minimum":1e300}"#, 1e15, .infinity),
        (#"{"type":["null","integer"],"minimum":-1e300,"maximum":-1e300}"#, -1e15, -1e15),
    ])
    func numbers(_ schema: String, _ least: Double, _ most: Double) throws {
        for value in try instances(schema) {
            guard case .number(let text) = value else { throw Mismatch(value: value) }
            let number = try #require(Double(text))
            #expect(number >= least && number <= most)
            #expect(Int(text) != nil || !schema.lowercased().contains("integer"))
        }
    }

    @Test("Choices are kept to")
    func choices() throws {
        let allowed: Set = [#""a""#, "1", "null"]
        let seen = Set(try instances(#"{"enum":["a",1,null]}"#).map(\.spacedText))
        #expect(seen == allowed)
        #expect(Set(try instances(#"{"const":{"x":[1]}}"#).map(\.spacedText)) == [#"{"x": [1]}"#])
        for value in try instances(#"{"anyOf":[{"type":"null"},{"type":"boolean"}]}"#) { #expect(value.flag != nil) }
    }

    @Test("Objects have their properties, arrays as many elements as they must, strings their length and format")
    func structures() throws {
        let schema = """
            {"type":"object","properties":{"list":{"type":"array","items":{"$ref":"#/$defs/a~1b"},"minItems":3},
            "none":{"type":"array","maxItems":0},"day":{"type":"string","format":"date"},
            "long":{"type":"string","minLength":200},"short":{"type":"string","maxLength":2},
            "both":{"allOf":[{"properties":{"x":{"type":"null"}}},{"properties":{"y":{"const":2}}}]}},
            "$defs":{"a/b":{"type":"string"}}}
            """
        for value in try instances(schema) {
            #expect(value.members?.map(\.key) == ["list", "none", "day", "long", "short", "both"])
            #expect(value["list"]?.elements?.count == 3 && value["list"]?.elements?.first?.text != nil)
            #expect(value["none"]?.elements?.isEmpty == true)
            #expect(value["day"]?.text?.wholeMatch(of: /2026-01-\d\d/) != nil)
            #expect((value["long"]?.text?.count ?? 0) >= 200 && value["short"]?.text?.count == 2)
            #expect(value["both"]?.spacedText == #"{"x": null, "y": 2}"#)
        }
    }

    @Test("A schema of itself ends, and hostile ones do not trap", arguments: [
        ##"{"properties":{"next":{"$ref":"#"}}}"##, ##"{"required":["a"],"properties":{"a":{"$ref":"#"}}}"##,
        ##"{"$ref":"#"}"##, #"{"type":"array","minItems":1e18}"#, #"{"enum":[]}"#, #"{"type":7}"#, "[]", "1",
        ##"{"anyOf":[]}"##, ##"{"allOf":[]}"##, ##"{"$ref":"#/a/b"}"##, #"{"multipleOf":1e-300,"type":"integer"}"#,
        #"{"type":"integer","minimum":9,"maximum":1}"#, #"{"type":"string","maxLength":-5}"#,
        #"{"type":"number","multipleOf":1e-300,"minimum":1e15}"#,
    ])
    func hostile(_ schema: String) throws {
        for value in try instances(schema) { #expect(MockJSON(text: value.spacedText) == value) }
    }

    @Test("The same seed gives the same value, another one another")
    func seeds() throws {
        let seen = try instances(#"{"type":"string"}"#).map(\.spacedText)
        #expect(Set(seen).count == 50)
        #expect(try instances(#"{"type":"string"}"#).map(\.spacedText) == seen)
    }
}
