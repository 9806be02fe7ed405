import GatewayCore
import NIOCore
import ProviderAPIs
import Testing

@Suite("Bedrock's requests")
struct BedrockRequestTests {
    static let claude = "anthropic.claude-sonnet-4-5-20250929-v1:0"

    func call(
        _ request: Conversation, model: String = BedrockRequestTests.claude, clamps: Bool = false
    ) throws -> ProviderCall {
        var target = ProviderModel(name: model)
        target.clampsValues = clamps
        return try BedrockReading.provider.call(request, model: target)
    }

    func conversation(_ messages: Message...) -> Conversation {
        var conversation = Conversation(model: "m")
        conversation.messages = messages
        return conversation
    }

    func expect(
        _ call: ProviderCall, _ json: String, location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(try Canonical.text(call.body) == Canonical.text(json), sourceLocation: location)
    }

    /// A member of the body, as it was written.
    func member(_ name: String, of call: ProviderCall) throws -> String? {
        try JSONDocument(call.body).root[name].map { String(buffer: $0.rawText) }
    }

    let hello = Message(.user, [.text("Hi")])
    let greeting = #""messages":[{"role":"user","content":[{"text":"Hi"}]}],"inferenceConfig":{}"#

    @Test("The model stands in the path with every sign encoded, and the key signs")
    func addresses() throws {
        var request = conversation(hello)
        #expect(
            try call(request).path == "/model/anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse")
        request.isStream = true
        let arn = "arn:aws:bedrock:us-east-1:1:application-inference-profile/x"
        #expect(
            try call(request, model: arn).path
                == "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Aapplication-inference-profile%2Fx/converse-stream")
        #expect(BedrockReading.provider.credential == .awsSignature(service: "bedrock", region: "eu-central-1"))
        #expect(BedrockReading.provider.framing == .amazonEventStream)
    }

    @Test("Turns alternate: what follows in one role is one turn, and empty texts are left out")
    func turns() throws {
        let request = conversation(
            Message(.system, [ContentPart(.text("S1"), cacheMark: CacheMark(lifetime: "1h"))]), hello,
            Message(.user, [.text(" "), .text("there")]), Message(.assistant, [.text("")]),
            Message(.developer, [.text("S2")]), Message(.user, [.text("?")]))
        try expect(
            try call(request),
            #"""
            {"system":[{"text":"S1"},{"cachePoint":{"type":"default","ttl":"1h"}},{"text":"S2"}],"messages":[
            {"role":"user","content":[{"text":"Hi"},{"text":"there"},{"text":"?"}]}],"inferenceConfig":{}}
            """#)
        try expect(
            try call(conversation(Message(.system, [.text("Hi")]))), "{\(greeting)}")
        // Models that keep no prompts refuse the mark.
        let llama = try call(request, model: "meta.llama3-1-70b-instruct-v1:0")
        #expect(!String(buffer: llama.body).contains("cachePoint"))
    }

    @Test("Calls and all their results stand in two turns; only Anthropic's own thoughts go back")
    func toolHistory() throws {
        let request = conversation(
            hello,
            Message(
                .assistant,
                [
                    ContentPart(.thinking("hm", signature: "QUJD")), ContentPart(.redactedThinking("AAEC")),
                    ContentPart(.thinking("unsigned", signature: nil)),
                    ContentPart(.thinking("foreign", signature: "gemini:QQ==")),
                    ContentPart(.redactedThinking("openai:rs_1:QQ==")),
                    ContentPart(.toolCall(ToolCall(id: "c1", name: "weather", arguments: #"{"a":1}"#))),
                    ContentPart(.toolCall(ToolCall(id: "c/2", name: "now", arguments: " "))),
                ]),
            Message(.tool, [ContentPart(.toolResult(ToolResult(callID: "c1", parts: [.text("20"), .text("")])))]),
            Message(
                .tool, [ContentPart(.toolResult(ToolResult(callID: "c/2", parts: [.text("no")], isError: true)))]),
            Message(.user, [.text("And?")]))
        let thoughts = #"""
            {"reasoningContent":{"reasoningText":{"text":"hm","signature":"QUJD"}}},
            {"reasoningContent":{"redactedContent":"AAEC"}},
            """#
        let calls = #"""
            {"toolUse":{"toolUseId":"c1","name":"weather","input":{"a":1}}},
            {"toolUse":{"toolUseId":"c_2_f6debd190dbaaf8f","name":"now","input":{}}}
            """#
        let rest = #"""
            {"role":"user","content":[{"toolResult":{"toolUseId":"c1","content":[{"text":"20"}]}},
            {"toolResult":{"toolUseId":"c_2_f6debd190dbaaf8f","content":[{"text":"no"}],"status":"error"}},
            {"text":"And?"}]}]
            """#
        let start = #"[{"role":"user","content":[{"text":"Hi"}]},{"role":"assistant","content":["#
        for (model, assistant) in [(Self.claude, thoughts + calls), ("amazon.nova-pro-v1:0", calls)] {
            let messages = try #require(try member("messages", of: call(request, model: model)))
            let expected = try Canonical.text(start + assistant + "]}," + rest)
            #expect(try Canonical.text(messages) == expected)
        }
    }

    @Test("A history with calls has tools, also when the client names none any more")
    func toolsOfHistory() throws {
        var request = conversation(
            hello, Message(.assistant, [ContentPart(.toolCall(ToolCall(id: "c", name: "f", arguments: "")))]),
            Message(.tool, [ContentPart(.toolResult(ToolResult(callID: "c", parts: [])))]))
        let config = #"{"tools":[{"toolSpec":{"name":"f","inputSchema":{"json":{"type":"object","properties":{}}}}}]}"#
        #expect(try member("toolConfig", of: call(request)) == config)
        request.toolChoice = ToolChoice.none
        #expect(try member("toolConfig", of: call(request)) == config)
        // "Call none" is said by leaving the tools out.
        request = conversation(hello)
        request.tools = [.function(FunctionTool(name: "f"))]
        request.toolChoice = ToolChoice.none
        #expect(try member("toolConfig", of: call(request)) == nil)
        #expect(try call(request).dropped.isEmpty)
    }

    @Test("Tools and their choice", arguments: [
        (ToolChoice.auto, #"{"auto":{}}"#), (.required, #"{"any":{}}"#), (.function("f"), #"{"tool":{"name":"f"}}"#),
    ])
    func tools(choice: ToolChoice, json: String) throws {
        var request = conversation(hello)
        request.toolChoice = choice
        request.tools = [
            .function(
                FunctionTool(
                    name: "f", description: "d", parameters: JSONText(valid: #"{"properties":{}}"#), isStrict: true,
                    cacheMark: CacheMark())),
            .function(FunctionTool(name: "g", description: "")), .native(.emptyObject),
        ]
        request.allowsParallelCalls = false
        let call = try call(request)
        #expect(
            try Canonical.text(member("toolConfig", of: call) ?? "null")
                == Canonical.text(
                    #"""
                    {"tools":[{"toolSpec":{"name":"f","description":"d","strict":true,"inputSchema":{"json":
                    {"type":"object","properties":{},"additionalProperties":false}}}},
                    {"cachePoint":{"type":"default"}},{"toolSpec":{"name":"g",
                    "inputSchema":{"json":{"type":"object","properties":{}}}}}],"toolChoice":\#(json)}
                    """#))
        #expect(call.dropped == ["tools[2]", "parallel_tool_calls"])
    }

    @Test("A model that refuses to be told which tool to call chooses, and keeps its thoughts", arguments: [
        ToolChoice.required, .function("f"),
    ])
    func freeChoice(choice: ToolChoice) throws {
        var request = conversation(hello)
        request.tools = [.function(FunctionTool(name: "f"))]
        request.toolChoice = choice
        request.reasoning = ReasoningRequest(effort: .low)
        let call = try call(request, model: "anthropic.claude-opus-5-5-v1:0")
        #expect(try member("toolConfig", of: call)?.hasSuffix(#""toolChoice":{"auto":{}}}"#) == true)
        #expect(try member("additionalModelRequestFields", of: call) == #"{"thinking":{"type":"adaptive"}}"#)
        #expect(call.dropped == ["tool_choice"])
    }

    @Test("No two documents of a request have one name, wherever they stand")
    func documentNames() throws {
        let pdf = Media.Source.inline(type: "application/pdf", base64: "JVBE")
        func file(_ name: String?) -> ContentPart { ContentPart(.file(Media(pdf, name: name))) }
        let use = ContentPart(.toolCall(ToolCall(id: "c", name: "f", arguments: "{}")))
        let result = ContentPart(.toolResult(ToolResult(callID: "c", parts: [file("report"), file(nil)])))
        let request = conversation(
            Message(.user, [file(nil), file("Report"), file("document 2"), file(nil), .text("Look")]),
            Message(.assistant, [use]), Message(.tool, [result]))
        let body = String(buffer: try call(request).body)
        let names = body.matches(of: /"document":\{"format":"pdf","name":"([^"]*)"/).map { String($0.1) }
        #expect(names == ["document", "Report", "document 2", "document 3", "report 2", "document 4"])
        let long = Message(.user, [file(String(repeating: "x", count: 300)), file(String(repeating: "x", count: 300))])
        for name in String(buffer: try call(conversation(long)).body).matches(of: /"name":"(x[^"]*)"/) {
            #expect(name.1.count <= 200)
        }
    }

    @Test("White space behind what a Claude model shall go on with is taken off; others take it")
    func endOfTurn() throws {
        let talk = conversation(hello, Message(.assistant, [ContentPart(.text("So: \n"), cacheMark: CacheMark())]))
        let start = #"[{"role":"user","content":[{"text":"Hi"}]},{"role":"assistant","content":[{"text":"So:"#
        let claude = try member("messages", of: call(talk))
        #expect(claude == start + #""},{"cachePoint":{"type":"default"}}]}]"#)
        let llama = try member("messages", of: call(talk, model: "meta.llama3-1-70b-instruct-v1:0"))
        #expect(llama == start + #" \n"}]}]"#)
        let earlier = conversation(hello, Message(.assistant, [.text("So: ")]), hello)
        #expect(try member("messages", of: call(earlier))?.contains(#""So: ""#) == true)
    }

    @Test("What a client tries out by a header goes into the body, as far as Amazon knows it")
    func betas() throws {
        var request = conversation(hello)
        let names = "interleaved-thinking-2025-05-14, context-1m-2025-08-07"
        func tried(
            _ betas: String, model: String = BedrockRequestTests.claude, own: JSONText? = nil
        ) throws -> ProviderCall {
            request.betas = betas
            request.extras = [.init(name: "anthropic-beta", value: JSONText(valid: #""…""#))]
            if let own { request.extras.append(.init(name: "anthropic_beta", value: own)) }
            return try call(request, model: model)
        }
        let known = try tried(names)
        let fields = #"{"anthropic_beta":["interleaved-thinking-2025-05-14","context-1m-2025-08-07"]}"#
        #expect(try member("additionalModelRequestFields", of: known) == fields)
        #expect(known.dropped.isEmpty)
        let mixed = try tried(names + ",claude-code-20250219")
        #expect(try member("additionalModelRequestFields", of: mixed) == fields)
        #expect(mixed.dropped == ["anthropic-beta"])
        let both = try tried(names, own: JSONText(valid: #"["b","context-1m-2025-08-07"]"#))
        #expect(
            try member("additionalModelRequestFields", of: both)
                == #"{"anthropic_beta":["b","context-1m-2025-08-07","interleaved-thinking-2025-05-14"]}"#)
        let nova = try tried(names, model: "eu.amazon.nova-pro-v1:0")
        #expect(try member("additionalModelRequestFields", of: nova) == nil && nova.dropped == ["anthropic-beta"])
    }

    @Test("Images and documents go as bytes or from S3, and what cannot go names its place")
    func media() throws {
        let png = Media(.inline(type: "image/png", base64: "AAEC"))
        let report = Media(
            .inline(type: "application/pdf", base64: "JVBE"), name: "report_2026 v2.pdf")
        let request = conversation(
            Message(
                .user,
                [
                    ContentPart(.image(png)), ContentPart(.image(Media(.url("s3://b/a.jpg")))),
                    ContentPart(.file(report)), .text("Look"),
                ]))
        #expect(
            try member("messages", of: call(request))
                == #"[{"role":"user","content":[{"image":{"format":"png","source":{"bytes":"AAEC"}}},"#
                + #"{"image":{"format":"jpeg","source":{"s3Location":{"uri":"s3://b/a.jpg"}}}},"#
                + #"{"document":{"format":"pdf","name":"report 2026 v2 pdf","source":{"bytes":"JVBE"}}},"#
                + #"{"text":"Look"}]}]"#)
        let bad: [Message] = [
            Message(.user, [.text("a"), ContentPart(.image(Media(.url("https://h/a.png"))))]),
            Message(.user, [.text("a"), ContentPart(.image(Media(.inline(type: "image/tiff", base64: "AA"))))]),
            Message(.user, [.text("a"), ContentPart(.file(Media(.upload(id: "f"))))]),
            Message(.assistant, [.text("a"), ContentPart(.image(png))]),
            Message(.system, [.text("a"), ContentPart(.image(png))]),
            Message(.assistant, [.text("a"), ContentPart(.toolCall(ToolCall(id: "c", name: "f", arguments: "[]")))]),
        ]
        for message in bad {
            #expect { try call(conversation(hello, message)) } throws: {
                let error = $0 as? GatewayError
                return error?.code == .invalidRequest && error?.parameter == "messages[1].content[1]"
            }
        }
    }

    @Test("Parameters keep their meaning, and those without a word are named")
    func parameters() throws {
        var request = conversation(hello)
        request.maxTokens = 100
        request.stop = ["END", " \n"]
        request.choices = 1
        request.sampling.temperature = 0.5
        request.sampling.topP = 0.9
        request.sampling.topK = 40
        request.sampling.seed = 7
        request.sampling.presencePenalty = 0
        request.sampling.frequencyPenalty = 1
        request.sampling.logitBias = .emptyObject
        request.user = "u-1"
        request.serviceTier = "flex"
        request.extras = [
            .init(name: "store", value: JSONText(valid: "true")),
            .init(name: "guardrailConfig", value: JSONText(valid: #"{"guardrailIdentifier":"g"}"#)),
            .init(name: "anthropic_beta", value: JSONText(valid: #"["b"]"#)),
        ]
        let call = try call(request)
        try expect(
            call,
            #"""
            {"messages":[{"role":"user","content":[{"text":"Hi"}]}],"inferenceConfig":{"maxTokens":100,
            "temperature":0.5,"stopSequences":["END"]},
            "additionalModelResponseFieldPaths":["/stop_sequence"],
            "additionalModelRequestFields":{"top_k":40,"anthropic_beta":["b"]},"requestMetadata":{"user":"u-1"},
            "serviceTier":{"type":"flex"},"guardrailConfig":{"guardrailIdentifier":"g"}}
            """#)
        #expect(call.dropped == ["top_p", "stop[1]", "seed", "frequency_penalty", "logit_bias", "store"])
        let older = try self.call(request, model: "anthropic.claude-3-5-sonnet-20241022-v2:0")
        #expect(
            try member("inferenceConfig", of: older)
                == #"{"maxTokens":100,"temperature":0.5,"topP":0.9,"stopSequences":["END"]}"#)
        let newer = try self.call(request, model: "anthropic.claude-opus-4-7-v1")
        #expect(try member("inferenceConfig", of: newer) == #"{"maxTokens":100,"stopSequences":["END"]}"#)
        #expect(newer.dropped.starts(with: ["temperature", "top_p", "top_k"]))
        let nova = try self.call(request, model: "eu.amazon.nova-pro-v1:0")
        #expect(try member("additionalModelRequestFields", of: nova) == #"{"inferenceConfig":{"topK":40}}"#)
        let llama = try self.call(request, model: "meta.llama3-1-70b-instruct-v1:0")
        #expect(llama.dropped == ["stop[1]", "top_k"] + call.dropped.dropFirst(2) + ["anthropic_beta"])
    }

    @Test("A temperature above 1 and several choices are refused by name, the first is clamped where that is wanted")
    func borders() throws {
        var request = conversation(hello)
        request.sampling.temperature = 1.5
        #expect { try call(request) } throws: { ($0 as? GatewayError)?.parameter == "temperature" }
        #expect(try member("inferenceConfig", of: call(request, clamps: true)) == #"{"temperature":1}"#)
        request.choices = 2
        #expect { try call(request) } throws: { ($0 as? GatewayError)?.parameter == "n" }
    }

    @Test("A conversation that the model begins gets a user in front")
    func begunByModel() throws {
        let call = try call(conversation(Message(.assistant, [.text("Welcome!")]), hello))
        #expect(
            try member("messages", of: call) == #"[{"role":"user","content":[{"text":"…"}]},"#
                + #"{"role":"assistant","content":[{"text":"Welcome!"}]},{"role":"user","content":[{"text":"Hi"}]}]"#)
    }

    @Test("A schema goes as text to models that take one, any JSON is asked for in words")
    func formats() throws {
        var request = conversation(hello)
        request.format = .schema(SchemaFormat(name: "n", schema: JSONText(valid: #"{"type":"object"}"#)))
        #expect(
            try member("outputConfig", of: call(request))
                == #"{"textFormat":{"type":"json_schema","structure":{"jsonSchema":"#
                + #"{"schema":"{\"type\":\"object\",\"additionalProperties\":false}","name":"n"}}}}"#)
        let old = try call(request, model: "anthropic.claude-3-haiku-20240307-v1:0")
        #expect(try member("outputConfig", of: old) == nil)
        #expect(old.dropped == ["response_format"])
        request.format = .json
        #expect(
            try member("system", of: call(request)) == #"[{"text":"Answer with one JSON object and nothing else."}]"#)
    }
}
