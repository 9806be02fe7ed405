import GatewayCore
import NIOCore
import ProviderAPIs
import Testing

@Suite("JSON Schema for models that take the subset of OpenAPI alone")
struct GeminiSchemaTests {
    /// The schema as it is sent, and the words that are not in it.
    private func convert(_ schema: String) throws -> (schema: String?, dropped: [String]) {
        var request = Conversation(model: "m")
        request.messages = [Message(.user, [.text("Hi")])]
        request.format = .schema(SchemaFormat(schema: try #require(JSONText(checking: schema))))
        let call = try GeminiProvider(.geminiAPI).call(request, model: ProviderModel(name: "gemini-2.0-flash"))
        let sent = try JSONDocument(call.body).root["generationConfig"]?["responseSchema"]
        let prefix = "response_format.json_schema.schema."
        return (
            try sent.map { try Canonical.text($0.rawText) },
            call.dropped.map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 }
        )
    }

    private func expect(
        _ schema: String, _ expected: String, dropped: [String] = [], location: SourceLocation = #_sourceLocation
    ) throws {
        let read = try convert(schema)
        #expect(read.schema == (try Canonical.text(expected)), sourceLocation: location)
        #expect(read.dropped == dropped, sourceLocation: location)
    }

    @Test("References stand in place, and one inside itself ends")
    func references() throws {
        try expect(
            ##"""
            {"$schema":"s","type":"object","properties":{"a":{"$ref":"#/$defs/A"},"b":{"$ref":"#/definitions/x~1y"}},
            "$defs":{"A":{"type":"string","description":"d"}},"definitions":{"x/y":{"type":"integer"}}}
            """##,
            #"""
            {"type":"OBJECT","properties":{"a":{"type":"STRING","description":"d"},"b":{"type":"INTEGER"}},
            "propertyOrdering":["a","b"]}
            """#)
        try expect(
            ##"{"$ref":"#/$defs/N","$defs":{"N":{"type":"object","properties":{"n":{"$ref":"#/$defs/N"}}}}}"##,
            #"{"type":"OBJECT","properties":{"n":{"type":"STRING"}}}"#, dropped: ["$ref"])
        try expect(##"{"type":"array","items":{"$ref":"#/nowhere"}}"##, #"{"type":"ARRAY","items":{"type":"STRING"}}"#,
            dropped: ["$ref"])
    }

    @Test("References that multiply stay bounded")
    func explosion() throws {
        var definitions = #""d0":{"type":"string"}"#
        for level in 1...24 {
            let reference = ##"{"$ref":"#/$defs/d\##(level - 1)"}"##
            definitions += #","d\#(level)":{"type":"object","properties":{"a":\#(reference),"b":\#(reference)}}"#
        }
        let read = try convert(##"{"$ref":"#/$defs/d24","$defs":{\##(definitions)}}"##)
        #expect((read.schema?.utf8.count ?? .max) < 1_000_000 && read.dropped == ["$ref"])
    }

    @Test("Lists of types, constants, choices and null keep their meaning")
    func words() throws {
        try expect(#"{"type":["integer","null"]}"#, #"{"type":"INTEGER","nullable":true}"#)
        try expect(
            #"{"type":["string","array"]}"#,
            #"{"anyOf":[{"type":"STRING"},{"type":"ARRAY","items":{"type":"STRING"}}]}"#)
        try expect(
            #"{"properties":{"k":{"const":"a"}},"required":["k","gone"]}"#,
            #"{"type":"OBJECT","properties":{"k":{"type":"STRING","enum":["a"]}},"required":["k"]}"#)
        try expect(
            #"{"oneOf":[{"type":"string"},{"type":"number"},{"type":"null"}]}"#,
            #"{"nullable":true,"anyOf":[{"type":"STRING"},{"type":"NUMBER"}]}"#)
        try expect(#"{"anyOf":[{"type":"number"},{"type":"null"}]}"#, #"{"type":"NUMBER","nullable":true}"#)
        try expect(
            #"{"allOf":[{"properties":{"a":{}},"required":["a"]},{"properties":{"b":{"enum":["x",null]}}}]}"#,
            #"""
            {"type":"OBJECT","properties":{"a":{"type":"STRING"},"b":{"type":"STRING","nullable":true,"enum":["x"]}},
            "required":["a"],"propertyOrdering":["a","b"]}
            """#)
        try expect(#"{"type":"integer","exclusiveMinimum":0}"#, #"{"type":"INTEGER","minimum":1}"#)
    }

    @Test("Words that are not known are left out and named, closed objects are not")
    func stripped() throws {
        try expect(
            #"""
            {"type":"object","additionalProperties":false,"$id":"i","title":"t","properties":{"a":{"type":"string",
            "format":"uri","default":"x","examples":["y"]},"b":{"type":"integer","format":"int32","enum":[1,2]},
            "c":{"type":"array","uniqueItems":true,"minItems":1}},"patternProperties":{"x":{}}}
            """#,
            #"""
            {"type":"OBJECT","properties":{"a":{"type":"STRING"},"b":{"type":"INTEGER","format":"int32"},
            "c":{"type":"ARRAY","minItems":1,"items":{"type":"STRING"}}},"propertyOrdering":["a","b","c"]}
            """#,
            dropped: ["format", "default", "examples", "enum", "uniqueItems", "patternProperties"])
    }

    @Test("A function whose parameters have no properties has none, and a schema without a type is an object")
    func functions() throws {
        var request = Conversation(model: "m")
        request.messages = [Message(.user, [.text("Hi")])]
        request.tools = [#"{"type":"object","properties":{}}"#, #"{"properties":{"a":{"not":{}}}}"#].map {
            .function(FunctionTool(name: "f", parameters: JSONText(checking: $0)))
        }
        let call = try GeminiProvider(.geminiAPI).call(request, model: ProviderModel(name: "gemini-1.5-pro"))
        let tools = try #require(try JSONDocument(call.body).root["tools"])
        #expect(
            String(buffer: tools.rawText)
                == #"[{"functionDeclarations":[{"name":"f"},{"name":"f","parameters":{"type":"OBJECT","properties":"#
                + #"{"a":{"type":"STRING"}}}}]}]"#)
        #expect(call.dropped == ["tools[1].function.parameters.not"])
    }

    @Test("Schemas that are none do not trap")
    func nonsense() throws {
        for schema in ["true", "[]", "1", #"{"type":7,"items":[],"anyOf":3,"$ref":[],"properties":null,"enum":{}}"#] {
            _ = try convert(schema)
        }
    }
}
