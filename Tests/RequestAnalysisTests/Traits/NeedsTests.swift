import GatewayCore
import Testing

@Suite("What a request needs")
struct NeedsTests {
    @Test("Each field asks for its capability and no other", arguments: [
        ("", []), (#","stream":true"#, .streaming), (#","tools":[{"type":"function"}]"#, .tools), (#","tools":[]"#, []),
        (#","functions":[{"name":"f"}]"#, .tools), (#","parallel_tool_calls":true"#, .parallelTools),
        (#","parallel_tool_calls":false"#, []), (#","response_format":{"type":"json_object"}"#, .jsonMode),
        (#","response_format":{"type":"json_schema","json_schema":{"schema":{}}}"#, .jsonSchema),
        (#","response_format":{"type":"text"}"#, []), (#","reasoning_effort":"high""#, .reasoning),
        (#","reasoning_effort":"none""#, []), (#","thinking":{"type":"enabled"}"#, .reasoning),
        (#","thinking":{"type":"disabled"}"#, []), (#","thinking":{}"#, []), (#","thinking":{"type":"adaptive"}"#, []),
        (#","thinking":{"budget_tokens":2048}"#, .reasoning), (#","reasoning":{"effort":"none"}"#, []),
        (#","reasoning":{"effort":"high"}"#, .reasoning), (#","reasoning":{"enabled":true}"#, .reasoning),
        (#","modalities":["text","audio"]"#, .audioOutput),
        (#","modalities":["text"]"#, []), (#","tools":"no list","modalities":3,"response_format":null"#, []),
    ] as [(String, ModelCapabilities)])
    func fields(more: String, expected: ModelCapabilities) throws {
        #expect(try Traits.ofQuestion("hi", more: more).needs == expected)
    }

    @Test("Parts ask for what their kind takes, wherever they stand", arguments: [
        (#"{"type":"image_url","image_url":{"url":"https://a.example/x.png"}}"#, .vision),
        (#"{"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}}"#, .audioInput),
        (#"{"type":"file","file":{"file_id":"f"}}"#, .documents), (#"{"type":"text","text":"x"}"#, []),
        (#"{"type":"something_new","value":1}"#, []),
    ] as [(String, ModelCapabilities)])
    func parts(part: String, expected: ModelCapabilities) throws {
        let traits = try Traits.ofMessages(
            #"{"role":"user","content":[\#(part)]},{"role":"assistant","content":"a"},{"role":"user","content":"b"}"#)
        #expect(traits.needs == expected)
    }

    @Test("The preferred limit wins whichever stands first, and what is no positive integer is none", arguments: [
        (#","max_tokens":5"#, 5), (#","max_completion_tokens":7"#, 7),
        (#","max_tokens":5,"max_completion_tokens":7"#, 7), (#","max_completion_tokens":7,"max_tokens":5"#, 7),
        (#","max_tokens":0"#, nil), (#","max_tokens":-3"#, nil), (#","max_tokens":1.5"#, nil), (#","max_tokens":null"#, nil),
        (#","max_tokens":"9""#, nil), ("", nil),
    ] as [(String, Int?)])
    func limit(more: String, expected: Int?) throws {
        #expect(try Traits.ofQuestion("hi", more: more).maxTokens == expected)
    }

    @Test("Choices are at least one and never absurd", arguments: [
        ("", 1), (#","n":3"#, 3), (#","n":0"#, 1), (#","n":-2"#, 1), (#","n":1e9"#, 128), (#","n":null"#, 1),
    ])
    func choices(more: String, expected: Int) throws {
        #expect(try Traits.ofQuestion("hi", more: more).choices == expected)
    }

    @Test("Tools, calls and schemas are counted by the bytes they are sent as")
    func toolBytes() throws {
        #expect(try Traits.ofQuestion("hi").toolBytes == 0)
        #expect(try Traits.ofQuestion("hi", more: #","tools":[{"a":1}]"#).toolBytes == #"[{"a":1}]"#.utf8.count)
        let schema = #","response_format":{"type":"json_schema","json_schema":{"name":"n"}}"#
        #expect(try Traits.ofQuestion("hi", more: schema).toolBytes == #"{"name":"n"}"#.utf8.count)
        let call = #"{"role":"user","content":"q"},{"role":"assistant","tool_calls":[{"id":"c"}]}"#
        #expect(try Traits.ofMessages(call).toolBytes == #"[{"id":"c"}]"#.utf8.count)
    }

    @Test("A conversation with tool results needs a model that knows tools")
    func results() throws {
        let traits = try Traits.ofMessages(#"{"role":"user","content":"q"},{"role":"tool","content":"22"}"#)
        #expect(traits.needs == .tools)
        #expect(traits.text.tool.total == 2)
        #expect(traits.messageCount == 2)
        #expect(traits.userTurns == 1)
    }
}
