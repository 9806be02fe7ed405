import GatewayCore
import NIOCore
import ProviderAPIs
import Testing

@Suite("Responses requests")
struct ResponsesRequestTests {
    static func read(_ json: String, keepsResponses: Bool = false) throws -> Conversation {
        try ResponsesClient(keepsResponses: keepsResponses).request(JSONDocument(json).root, headers: [])
    }

    @Test("A string is one message of the user, and instructions stand apart")
    func plain() throws {
        let read = try Self.read(#"{"model":"gpt-5","instructions":"Be short.","input":"Hi \u00e9"}"#)
        #expect(read.messages == [Message(.system, [.text("Be short.")]), Message(.user, [.text("Hi é")])])
        #expect(read.hasInstructions && !read.isStream && read.extras.isEmpty)
    }

    @Test("Items of the model are one turn, results of tools know the names of their calls")
    func history() throws {
        let read = try Self.read(
            #"""
            {"model":"m","input":[
             {"role":"developer","content":"rules"},
             {"type":"message","role":"user","content":[{"type":"input_text","text":"Weather?"}]},
             {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"a"},
              {"type":"summary_text","text":"b"}],"encrypted_content":"gAAA="},
             {"type":"message","id":"msg_1","status":"completed","role":"assistant","content":[
              {"type":"output_text","text":"Let me see.","annotations":[]},{"type":"refusal","refusal":"no"}]},
             {"type":"function_call","id":"fc_1","call_id":"c1","name":"weather","arguments":"{\"at\":\"Rome\"}"},
             {"type":"function_call","call_id":"c2","name":"time","arguments":""},
             {"type":"function_call_output","call_id":"c1","output":"12"},
             {"type":"function_call_output","call_id":"c2","output":[{"type":"input_text","text":"noon"},
              {"type":"input_image","image_url":"https://x/y.png","detail":"low"}]}]}
            """#)
        let turn = [
            ContentPart(.thinking("a\n\nb", signature: "openai:rs_1:gAAA=")), .text("Let me see."),
            ContentPart(.refusal("no")),
            ContentPart(.toolCall(ToolCall(id: "c1", name: "weather", arguments: #"{"at":"Rome"}"#))),
            ContentPart(.toolCall(ToolCall(id: "c2", name: "time", arguments: ""))),
        ]
        let picture = ContentPart(.image(Media(.url("https://x/y.png"), detail: "low")))
        let results = [
            ToolResult(callID: "c1", name: "weather", parts: [.text("12")]),
            ToolResult(callID: "c2", name: "time", parts: [.text("noon"), picture]),
        ]
        #expect(
            read.messages == [
                Message(.developer, [.text("rules")]), Message(.user, [.text("Weather?")]), Message(.assistant, turn),
            ] + results.map { Message(.tool, [ContentPart(.toolResult($0))]) })
        #expect(!read.hasInstructions)
    }

    @Test("Images and files come by address, by their bytes and by the id of an upload; types lose their parameters")
    func media() throws {
        let read = try Self.read(
            #"""
            {"model":"m","input":[{"role":"user","content":[
             {"type":"input_image","image_url":"data:image/PNG;name=a;base64,iVBO","detail":"auto"},
             {"type":"input_image","file_id":"file-1","detail":"high"},
             {"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,JVBE"},
             {"type":"input_file","file_url":"https://x/a.pdf"},
             {"type":"input_file","file_id":"file-2"},
             {"type":"input_audio","input_audio":{"data":"UklG","format":"wav"}},
             {"type":"input_text","text":"t","prompt_cache_breakpoint":{"mode":"explicit","ttl":"12h"}},
             {"type":"input_future","x":1}]}]}
            """#)
        let parts: [ContentPart] = [
            ContentPart(.image(Media(.inline(type: "image/png", base64: "iVBO"), detail: "auto"))),
            ContentPart(.image(Media(.upload(id: "file-1"), detail: "high"))),
            ContentPart(.file(Media(.inline(type: "application/pdf", base64: "JVBE"), name: "a.pdf"))),
            ContentPart(.file(Media(.url("https://x/a.pdf")))), ContentPart(.file(Media(.upload(id: "file-2")))),
            ContentPart(.audio(Media(.inline(type: "audio/wav", base64: "UklG")))),
            ContentPart(.text("t"), cacheMark: CacheMark(lifetime: "1h")),
            ContentPart(.native(JSONText(valid: #"{"type":"input_future","x":1}"#))),
        ]
        #expect(read.messages == [Message(.user, parts)])
    }

    @Test("Every parameter finds its place, and what only this dialect knows stays in order")
    func parameters() throws {
        let read = try Self.read(
            #"""
            {"metadata":{"a":"b"},"model":"m","input":"x","stream":true,"stream_options":{"include_obfuscation":true},
             "tools":[{"type":"function","name":"f","description":"d","parameters":{"type":"object"},"strict":true},
              {"type":"function","name":"g","parameters":null,"strict":null},{"type":"web_search"}],
             "tool_choice":{"type":"function","name":"f"},"parallel_tool_calls":false,
             "text":{"format":{"type":"json_schema","name":"s","schema":{"type":"object"},"strict":true},
              "verbosity":"low"},"reasoning":{"effort":"high","summary":"detailed"},
             "max_output_tokens":99,"temperature":0.5,"top_p":0.25,"top_logprobs":2,
             "user":"u","safety_identifier":"s","service_tier":"flex","prompt_cache_key":"k",
             "include":["reasoning.encrypted_content","message.output_text.logprobs"],
             "store":false,"truncation":"auto","background":false,"future":[1]}
            """#)
        var wanted = Conversation(model: "m")
        wanted.messages = [Message(.user, [.text("x")])]
        wanted.tools = [
            .function(
                FunctionTool(
                    name: "f", description: "d", parameters: JSONText(valid: #"{"type":"object"}"#), isStrict: true)),
            .function(FunctionTool(name: "g")), .native(JSONText(valid: #"{"type":"web_search"}"#)),
        ]
        wanted.toolChoice = .function("f")
        wanted.allowsParallelCalls = false
        wanted.format = .schema(
            SchemaFormat(name: "s", schema: JSONText(valid: #"{"type":"object"}"#), isStrict: true))
        wanted.reasoning = ReasoningRequest(effort: .high, isShown: true)
        wanted.maxTokens = 99
        (wanted.sampling.temperature, wanted.sampling.topP) = (0.5, 0.25)
        (wanted.sampling.logprobs, wanted.sampling.topLogprobs) = (true, 2)
        (wanted.user, wanted.serviceTier, wanted.cacheKey) = ("s", "flex", "k")
        (wanted.isStream, wanted.wantsStreamUsage) = (true, true)
        wanted.extras = [
            .init(name: "metadata", value: JSONText(valid: #"{"a":"b"}"#)),
            .init(name: "text.verbosity", value: JSONText(valid: #""low""#)),
            .init(name: "reasoning.summary", value: JSONText(valid: #""detailed""#)),
            .init(name: "truncation", value: JSONText(valid: #""auto""#)),
            .init(name: "future", value: JSONText(valid: "[1]")),
        ]
        #expect(read == wanted)
    }

    @Test("What asks for nothing special is no parameter that a provider could lack")
    func habits() throws {
        let read = try Self.read(
            #"{"model":"m","input":"x","store":false,"truncation":"disabled","text":{"verbosity":"medium"}}"#)
        #expect(read.extras.isEmpty)
        let asked = try Self.read(#"{"model":"m","input":"x","store":true,"text":{"verbosity":"high"}}"#)
        #expect(asked.extras.map(\.name) == ["store", "text.verbosity"])
    }

    @Test(
        "Choices of tools and forms of text are read",
        arguments: [
            (#""auto""#, ToolChoice.auto), (#""required""#, .required), (#""none""#, ToolChoice.none),
            (#"{"type":"web_search"}"#, .native(JSONText(valid: #"{"type":"web_search"}"#))),
        ])
    func choices(json: String, choice: ToolChoice) throws {
        #expect(try Self.read(#"{"model":"m","input":"x","tool_choice":\#(json)}"#).toolChoice == choice)
        let formats: [(String, AnswerFormat)] = [("text", .text), ("json_object", .json)]
        for (type, format) in formats {
            let read = try Self.read(#"{"model":"m","input":"x","text":{"format":{"type":"\#(type)"}}}"#)
            #expect(read.format == format)
        }
    }

    @Test("Items of hosted tools stay where they are: the model's in its turn, the client's with the user")
    func hosted() throws {
        let read = try Self.read(
            #"""
            {"model":"m","input":[{"type":"web_search_call","id":"ws_1","status":"completed"},
             {"role":"assistant","content":"found"},{"type":"custom_tool_call","call_id":"c","name":"n","input":"i"},
             {"type":"custom_tool_call_output","call_id":"c","output":"o"}]}
            """#)
        #expect(read.messages.map(\.role) == [.assistant, .user])
        #expect(read.messages.first?.parts.count == 3)
    }

    @Test(
        "What cannot be done is refused with the field at fault",
        arguments: [
            (#"{"model":"m","input":"x","previous_response_id":"resp_1"}"#, "previous_response_id", "'input'"),
            (#"{"model":"m","input":"x","conversation":"conv_1"}"#, "conversation", "'input'"),
            (#"{"model":"m","input":"x","background":true}"#, "background", "stream"),
            (#"{"model":"m","input":[{"type":"item_reference","id":"msg_1"}]}"#, "input[0]", "send the item itself"),
            (#"{"model":"m","input":[{"id":"msg_1"}]}"#, "input[0]", "send the item itself"),
            (#"{"model":"m"}"#, "input", "a string or an array"),
            (#"{"model":"m","input":7}"#, "input", "found a number"),
            (#"{"input":"x"}"#, "model", "a string"),
            (#"{"model":"m","input":[{"role":"tool","content":"x"}]}"#, "input[0].role", "one of user"),
            (#"{"model":"m","input":[7]}"#, "input[0]", "found a number"),
            (#"{"model":"m","input":[{"role":"user","content":[{"type":"input_image"}]}]}"#,
                "input[0].content[0].image_url", "a string"),
            (#"{"model":"m","input":[{"role":"user","content":[{"type":"input_image","image_url":"data:x,y"}]}]}"#,
                "input[0].content[0].image_url", "base64"),
            (#"{"model":"m","input":[{"type":"function_call","call_id":"c","arguments":"{}"}]}"#,
                "input[0].name", "a string"),
            (#"{"model":"m","input":[{"type":"function_call_output","call_id":"c"}]}"#,
                "input[0].output", "a string or"),
            (#"{"model":"m","input":"x","tools":[{"type":"function"}]}"#, "tools[0].name", "a string"),
            (#"{"model":"m","input":"x","tool_choice":"maybe"}"#, "tool_choice", "one of auto"),
            (#"{"model":"m","input":"x","text":{"format":{"type":"json_schema"}}}"#, "text.format.schema", "an object"),
            (#"{"model":"m","input":"x","reasoning":{"effort":"huge"}}"#, "reasoning.effort", "one of"),
            (#"{"model":"m","input":"x","max_output_tokens":1.5}"#, "max_output_tokens", "an integer"),
        ])
    func refused(json: String, parameter: String, words: String) throws {
        let error = #expect(throws: GatewayError.self) { try Self.read(json) }
        #expect(error?.code == .invalidRequest && error?.status == 400)
        #expect(error?.parameter == parameter, "\(error?.message ?? "")")
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test("With a store of responses the id of an earlier one is taken")
    func previous() throws {
        let json = #"{"model":"m","input":"x","previous_response_id":"resp_1"}"#
        #expect(try Self.read(json, keepsResponses: true).messages.count == 1)
        #expect(try ResponsesClient.previousResponseID(JSONDocument(json).root) == "resp_1")
    }
}
