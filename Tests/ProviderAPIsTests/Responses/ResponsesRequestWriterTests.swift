import GatewayCore
import NIOCore
import ProviderAPIs
import Testing

@Suite("Responses requests to a provider")
struct ResponsesRequestWriterTests {
    private func write(_ conversation: Conversation, _ model: ProviderModel = ProviderModel(name: "gpt-5")) throws
        -> ProviderCall
    {
        try ResponsesProvider().call(conversation, model: model)
    }

    @Test("A conversation of another dialect is said in this one's words")
    func whole() throws {
        var conversation = Conversation(model: "alias")
        let call = ToolCall(id: "toolu_1", name: "f", arguments: "", signature: "of Gemini")
        let picture = ContentPart(.image(Media(.inline(type: "image/png", base64: "iVBO"))))
        let result = ToolResult(callID: "toolu_1", name: "f", parts: [.text("a"), picture])
        conversation.messages = [
            Message(.system, [.text("rules")]), Message(.user, [.text("look"), picture]),
            Message(
                .assistant,
                [
                    ContentPart(.thinking("hm", signature: "openai:rs_1:gAAA")),
                    ContentPart(.thinking("not ours", signature: "EqQB")), ContentPart(.redactedThinking("x")),
                    .text("calling"), ContentPart(.toolCall(call)),
                ]),
            Message(.tool, [ContentPart(.toolResult(result))]),
        ]
        conversation.tools = [.function(FunctionTool(name: "f", parameters: JSONText(valid: #"{"type":"object"}"#)))]
        conversation.toolChoice = .function("f")
        conversation.allowsParallelCalls = true
        conversation.format = .schema(SchemaFormat(schema: JSONText(valid: #"{"type":"object"}"#)))
        conversation.reasoning = ReasoningRequest(budget: 5000, isShown: true)
        conversation.maxTokens = 100
        conversation.user = "u"
        conversation.isStream = true
        let wanted = #"""
            {"model":"gpt-5","input":[
              {"role":"system","content":[{"type":"input_text","text":"rules"}]},
              {"role":"user","content":[{"type":"input_text","text":"look"},
                {"type":"input_image","detail":"auto","image_url":"data:image/png;base64,iVBO"}]},
              {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"hm"}],
                "encrypted_content":"gAAA"},
              {"role":"assistant","content":[{"type":"output_text","text":"calling"}]},
              {"type":"function_call","call_id":"toolu_1","name":"f","arguments":"{}"},
              {"type":"function_call_output","call_id":"toolu_1","output":[{"type":"input_text","text":"a"},
                {"type":"input_image","detail":"auto","image_url":"data:image/png;base64,iVBO"}]}],
             "tools":[{"type":"function","name":"f","parameters":{"type":"object"},"strict":false}],
             "tool_choice":{"type":"function","name":"f"},"parallel_tool_calls":true,
             "text":{"format":{"type":"json_schema","name":"answer","schema":{"type":"object"}}},
             "reasoning":{"effort":"medium","summary":"auto"},"include":["reasoning.encrypted_content"],
             "max_output_tokens":100,"safety_identifier":"u","stream":true,"store":false}
            """#
        let written = try write(conversation)
        #expect(try Canonical.text(written.body) == Canonical.text(wanted))
        #expect(written.dropped.isEmpty && written.path == "/responses" && written.headers.isEmpty)
    }

    @Test("What this dialect has no word for is named in the order of the request")
    func dropped() throws {
        var conversation = Conversation(model: "m")
        conversation.messages = [Message(.user, [.text("x")], name: "eve")]
        conversation.tools = [
            .native(JSONText(valid: #"{"type":"bash_20250124","name":"bash"}"#)),
            .native(JSONText(valid: #"{"type":"custom","custom":{"name":"c"}}"#)),
        ]
        conversation.toolChoice = .native(JSONText(valid: #"{"type":"allowed_tools","allowed_tools":{}}"#))
        conversation.stop = ["a"]
        conversation.sampling.seed = 1
        conversation.sampling.topK = 2
        conversation.sampling.presencePenalty = 1
        conversation.sampling.frequencyPenalty = 0
        conversation.extras = [
            .init(name: "web_search_options", value: .emptyObject), .init(name: "metadata", value: .emptyObject),
            .init(name: "verbosity", value: JSONText(valid: #""low""#)),
        ]
        let written = try write(conversation)
        #expect(
            written.dropped == [
                "messages[0].name", "tools[0]", "tools[1]", "stop", "top_k", "seed", "presence_penalty",
                "web_search_options",
            ])
        let wanted = #"""
            {"model":"gpt-5","input":[{"role":"user","content":[{"type":"input_text","text":"x"}]}],
             "text":{"verbosity":"low"},"store":false,"metadata":{}}
            """#
        #expect(try Canonical.text(written.body) == Canonical.text(wanted))
    }

    @Test("Encrypted thoughts are asked for only of models that think")
    func include() throws {
        var conversation = Conversation(model: "m")
        conversation.messages = [Message(.user, [.text("x")])]
        var model = ProviderModel(name: "m")
        func asks() throws -> Bool { String(buffer: try write(conversation, model).body).contains("encrypted_content") }
        #expect(try !asks())
        conversation.reasoning = ReasoningRequest(effort: .low)
        #expect(try asks())
        model.capabilities = [.tools]
        #expect(try !asks())
        conversation.reasoning = nil
        model.capabilities = [.reasoning]
        #expect(try asks())
    }

    @Test("Too few tokens are refused, or raised where the configuration says so")
    func leastTokens() throws {
        var conversation = Conversation(model: "m")
        conversation.maxTokens = 5
        let error = #expect(throws: GatewayError.self) { try write(conversation) }
        #expect(error?.code == .invalidRequest && error?.parameter == "max_tokens")
        var model = ProviderModel(name: "m")
        model.clampsValues = true
        #expect(String(buffer: try write(conversation, model).body).contains("\"max_output_tokens\":16"))
    }

    @Test("What has no translation is refused with its place")
    func refused() throws {
        let cases: [(Message, String)] = [
            (Message(.user, [.text("a"), ContentPart(.native(JSONText(valid: #"{"type":"document"}"#)))]),
                "messages[0].content[1]"),
            (Message(.user, [ContentPart(.audio(Media(.url("https://x"))))]), "messages[0].content[0]"),
            (Message(.assistant, [ContentPart(.image(Media(.url("https://x"))))]), "messages[0].content[0]"),
            (Message(.tool, [.text("a")]), "messages[0]"),
        ]
        for (message, place) in cases {
            var conversation = Conversation(model: "m")
            conversation.messages = [message]
            let error = #expect(throws: GatewayError.self) { try write(conversation) }
            #expect(error?.code == .invalidRequest && error?.parameter == place)
        }
    }

    @Test("An id of a call that is too long for OpenAI is shortened alike in the call and its result")
    func longID() throws {
        let id = String(repeating: "x", count: 80)
        var conversation = Conversation(model: "m")
        conversation.messages = [
            Message(.assistant, [ContentPart(.toolCall(ToolCall(id: id, name: "f", arguments: "{}")))]),
            Message(.tool, [ContentPart(.toolResult(ToolResult(callID: id, parts: [])))]),
        ]
        let input = try JSONDocument(write(conversation).body).root["input"]
        let items = input?.elements.map { $0["call_id"]?.string ?? "" }
        #expect(items?.count == 2 && items?[0] == items?[1] && items?[0].utf8.count ?? 99 <= 64)
    }

    @Test("Same dialect on both sides: the client's bytes pass, but for the name and the gateway's own seals")
    func splice() throws {
        let plain = #"{"model":"alias","input":"x", "tools":[{"type":"web_search"}],"future":1}"#
        let body = ResponsesSplice.body(try JSONDocument(plain).root, model: "gpt-5")
        #expect(String(buffer: body) == plain.replacing("alias", with: "gpt-5"))
        // {"type":"thought","signature":"openai:rs_1:gAAA"}, {"type":"redacted","data":"x"} in base64, by hand.
        let ours = "refrain1.eyJ0eXBlIjoidGhvdWdodCIsInNpZ25hdHVyZSI6Im9wZW5haTpyc18xOmdBQUEifQ=="
        let foreign = "refrain1.eyJ0eXBlIjoicmVkYWN0ZWQiLCJkYXRhIjoieCJ9"
        let sealed = #"""
            {"model":"m","input":[{"role":"user","content":"x"},
             {"type":"reasoning","id":"rs_own","summary":[],"encrypted_content":"\#(ours)"},
             {"type":"reasoning","id":"rs_other","summary":[],"encrypted_content":"\#(foreign)"},
             {"type":"reasoning","id":"rs_9","summary":[],"encrypted_content":"gBBB"}]}
            """#
        let wanted = #"""
            {"model":"m","input":[{"role":"user","content":"x"},
             {"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"gAAA"},
             {"type":"reasoning","id":"rs_9","summary":[],"encrypted_content":"gBBB"}]}
            """#
        let clean = ResponsesSplice.body(try JSONDocument(sealed).root, model: "m")
        #expect(try Canonical.text(clean) == Canonical.text(wanted))
    }
}
