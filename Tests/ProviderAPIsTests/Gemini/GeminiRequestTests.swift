import GatewayCore
import NIOCore
import ProviderAPIs
import Testing

@Suite("Gemini's requests")
struct GeminiRequestTests {
    private func call(
        _ request: Conversation, model: String = "gemini-2.5-flash", clamps: Bool = false,
        on platform: GeminiProvider.Platform = .geminiAPI
    ) throws -> ProviderCall {
        var target = ProviderModel(name: model)
        target.clampsValues = clamps
        return try GeminiProvider(platform).call(request, model: target)
    }

    private func conversation(_ messages: Message...) -> Conversation {
        var conversation = Conversation(model: "m")
        conversation.messages = messages
        return conversation
    }

    private func expect(
        _ call: ProviderCall, _ json: String, location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(try Canonical.text(call.body) == Canonical.text(json), sourceLocation: location)
    }

    private let hello = Message(.user, [.text("Hi")])
    private let weather = FunctionTool(
        name: "weather", description: "d", parameters: JSONText(valid: #"{"type":"object","$schema":"s"}"#))

    @Test("Address and credential are those of the platform, and a stream asks for server-sent events")
    func addresses() throws {
        var request = conversation(hello)
        #expect(try call(request).path == "/v1beta/models/gemini-2.5-flash:generateContent")
        #expect(try call(request, model: "tunedModels/a b").path == "/v1beta/tunedModels/a%20b:generateContent")
        request.isStream = true
        #expect(try call(request).path == "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse")
        let vertex = GeminiProvider.Platform.vertex(project: "p-1", location: "europe-west4")
        let place = "/v1/projects/p-1/locations/europe-west4/"
        let google = "publishers/google/models/gemini-3-pro"
        #expect(try call(request, model: "gemini-3-pro", on: vertex).path
            == place + google + ":streamGenerateContent?alt=sse")
        request.isStream = false
        #expect(try call(request, model: "endpoints/7", on: vertex).path == place + "endpoints/7:generateContent")
        #expect(GeminiProvider(.geminiAPI).credential == .header("x-goog-api-key"))
        #expect(GeminiProvider(vertex).credential == .bearer)
    }

    @Test("System and developer messages of any place are joined above the turns, empty texts are left out")
    func roles() throws {
        let request = conversation(
            Message(.system, [.text("S1"), .text("")]), Message(.user, [.text("Hi"), .text("")]),
            Message(.assistant, [.text("")]), Message(.developer, [.text("S2")]),
            Message(.assistant, [.text("Yes?"), ContentPart(.refusal("No."))]))
        try expect(
            try call(request),
            #"""
            {"systemInstruction":{"parts":[{"text":"S1"},{"text":"S2"}]},"contents":[
            {"role":"user","parts":[{"text":"Hi"}]},
            {"role":"model","parts":[{"text":"Yes?"},{"text":"No."}]}],"generationConfig":{}}
            """#)
    }

    @Test("What the model said in several messages is one turn; what the user says beside results is not theirs")
    func neighbours() throws {
        let calls = (1...2).map { ContentPart(.toolCall(ToolCall(id: "c\($0)", name: "now", arguments: "{}"))) }
        let results = (1...2).map { ContentPart(.toolResult(ToolResult(callID: "c\($0)", parts: [.text("noon")]))) }
        let request = conversation(
            hello, Message(.assistant, [.text("Well.")]), Message(.user, [.text("")]),
            Message(.assistant, [calls[0], calls[1]]), Message(.tool, [results[0]]), Message(.tool, [results[1]]),
            Message(.user, [.text("a")]), Message(.user, [.text("b")]))
        try expect(
            try call(request, model: "gemini-3-flash"),
            #"""
            {"contents":[{"role":"user","parts":[{"text":"Hi"}]},{"role":"model","parts":[{"text":"Well."},
            {"functionCall":{"id":"c1","name":"now","args":{}},"thoughtSignature":"skip_thought_signature_validator"},
            {"functionCall":{"id":"c2","name":"now","args":{}}}]},{"role":"user","parts":[
            {"functionResponse":{"id":"c1","name":"now","response":{"output":"noon"}}},
            {"functionResponse":{"id":"c2","name":"now","response":{"output":"noon"}}}]},
            {"role":"user","parts":[{"text":"a"}]},{"role":"user","parts":[{"text":"b"}]}],"generationConfig":{}}
            """#)
    }

    @Test("Instructions alone become a turn, since there must be one")
    func systemOnly() throws {
        let request = conversation(Message(.system, [.text("Say hi")]))
        try expect(
            try call(request),
            #"{"contents":[{"role":"user","parts":[{"text":"Say hi"}]}],"generationConfig":{}}"#)
    }

    @Test("Images and files go inline with their type, or by address")
    func media() throws {
        let png = try #require(Media(dataURL: "data:image/png;charset=x;base64,AAEC"))
        let request = conversation(
            Message(
                .user,
                [
                    ContentPart(.image(png)), ContentPart(.image(Media(.url("https://h/a.JPG?x=1")))),
                    ContentPart(.audio(Media(.inline(type: "audio/wav", base64: "UklG")))),
                    ContentPart(.file(Media(.upload(id: "https://g/v1beta/files/f")))),
                ]))
        try expect(
            try call(request),
            #"""
            {"contents":[{"role":"user","parts":[{"inlineData":{"mimeType":"image/png","data":"AAEC"}},
            {"fileData":{"mimeType":"image/jpeg","fileUri":"https://h/a.JPG?x=1"}},
            {"inlineData":{"mimeType":"audio/wav","data":"UklG"}},
            {"fileData":{"fileUri":"https://g/v1beta/files/f"}}]}],"generationConfig":{}}
            """#)
        for role in [Message.Role.assistant, .system] {
            let wrong = conversation(hello, Message(role, [.text("a"), ContentPart(.image(png))]))
            #expect { try call(wrong) } throws: {
                let error = $0 as? GatewayError
                return error?.code == .invalidRequest && error?.parameter == "messages[1].content[1]"
            }
        }
    }

    /// A history of two calls in parallel and their results.
    private func history(signature: String? = nil) -> Conversation {
        conversation(
            hello,
            Message(
                .assistant,
                [
                    ContentPart(.thinking("hm", signature: "of another provider")),
                    ContentPart(
                        .toolCall(ToolCall(id: "c1", name: "weather", arguments: #"{"a":1}"#, signature: signature))),
                    ContentPart(.toolCall(ToolCall(id: "c2", name: "now", arguments: ""))),
                ]),
            Message(
                .tool, [ContentPart(.toolResult(ToolResult(callID: "c1", parts: [.text(#"{"t":20}"#)])))]),
            Message(
                .tool,
                [ContentPart(.toolResult(ToolResult(callID: "c2", parts: [.text("noon")], isError: true)))]),
            Message(.user, [.text("And?")]))
    }

    private func expected(_ signature: String) -> String {
        #"""
        {"contents":[{"role":"user","parts":[{"text":"Hi"}]},
        {"role":"model","parts":[{"functionCall":{"id":"c1","name":"weather","args":{"a":1}}\#(signature)},
        {"functionCall":{"id":"c2","name":"now","args":{}}}]},
        {"role":"user","parts":[{"functionResponse":{"id":"c1","name":"weather","response":{"t":20}}},
        {"functionResponse":{"id":"c2","name":"now","response":{"error":"noon"}}}]},
        {"role":"user","parts":[{"text":"And?"}]}],"generationConfig":{}}
        """#
    }

    @Test("Results stand in one turn with the names of their functions; foreign thoughts stay out")
    func toolHistory() throws {
        try expect(try call(history()), expected(""))
        try expect(try call(history(signature: "c2ln")), expected(#","thoughtSignature":"c2ln""#))
    }

    @Test("From the third generation on the first of parallel calls gets the stand-in for a lost signature")
    func lostSignature() throws {
        let stand = #","thoughtSignature":"skip_thought_signature_validator""#
        for model in ["gemini-3-pro-preview", "models/gemini-3.1-flash", "gemini-flash-latest"] {
            try expect(try call(history(), model: model), expected(stand))
            try expect(try call(history(signature: "c2ln"), model: model), expected(#","thoughtSignature":"c2ln""#))
        }
        for model in ["gemini-2.0-flash", "tunedModels/x"] {
            try expect(try call(history(), model: model), expected(""))
        }
    }

    @Test("Vertex has no ids of calls")
    func vertexCalls() throws {
        let call = try call(history(), on: .vertex(project: "p", location: "l"))
        #expect(!String(buffer: call.body).contains(#""id""#))
    }

    @Test("Gemini's own signatures of thoughts and answers come back as they were")
    func ownThoughts() throws {
        let request = conversation(
            hello,
            Message(
                .assistant,
                [
                    ContentPart(.thinking("hm", signature: "gemini:QQ==")), .text("42"),
                    ContentPart(.thinking("", signature: "gemini:Qg==")), ContentPart(.redactedThinking("x")),
                ]))
        try expect(
            try call(request),
            #"""
            {"contents":[{"role":"user","parts":[{"text":"Hi"}]},{"role":"model","parts":[
            {"text":"hm","thought":true,"thoughtSignature":"QQ=="},{"text":"42"},
            {"text":"","thoughtSignature":"Qg=="}]}],"generationConfig":{}}
            """#)
    }

    @Test("Arguments that are no object, and results of no call, name their place")
    func untranslatable() {
        for arguments in ["[1]", "{", "nonsense"] {
            let bad = ToolCall(id: "c", name: "f", arguments: arguments)
            let request = conversation(hello, Message(.assistant, [.text("a"), ContentPart(.toolCall(bad))]))
            #expect { try call(request) } throws: { ($0 as? GatewayError)?.parameter == "messages[1].content[1]" }
        }
        let orphan = conversation(
            hello, Message(.tool, [ContentPart(.toolResult(ToolResult(callID: "c9", parts: [])))]))
        #expect { try call(orphan) } throws: { ($0 as? GatewayError)?.parameter == "messages[1].tool_call_id" }
    }

    /// Google Cloud: "The mimeType parameter is required" beside `fileUri`; the Gemini API has it optional.
    @Test("At Google Cloud a file by its address is sent with its type, or not at all", arguments: [
        ("https://h.example/a.PDF?x=1", nil, "application/pdf"), ("https://h.example/a", "a.pdf", "application/pdf"),
        ("gs://b/a.mp3", nil, "audio/mp3"), ("https://h.example/a", nil, nil), ("https://h.example/a.b", "a", nil),
    ] as [(String, String?, String?)])
    func typed(address: String, name: String?, type: String?) throws {
        let file = Media(.url(address), name: name)
        let result = ToolResult(callID: "c", name: "f", parts: [ContentPart(.image(file))])
        let call = ContentPart(.toolCall(ToolCall(id: "c", name: "f", arguments: "{}")))
        let requests = [
            conversation(Message(.user, [ContentPart(.file(file))])),
            conversation(Message(.assistant, [call]), Message(.tool, [ContentPart(.toolResult(result))])),
        ]
        for (request, place) in zip(requests, ["messages[0].content[0]", "messages[1].content[0].content[0]"]) {
            let cloud = GeminiProvider.Platform.vertex(project: "p", location: "eu")
            if let type {
                let body = String(buffer: try self.call(request, on: cloud).body)
                #expect(body.contains(#""fileData":{"mimeType":"\#(type)","fileUri":"\#(address)"}"#))
            } else {
                #expect { try self.call(request, on: cloud) } throws: { ($0 as? GatewayError)?.parameter == place }
            }
            #expect(throws: Never.self) { try self.call(request) }
        }
    }

    @Test("Tools and their choice", arguments: [
        (ToolChoice.auto, #"{"mode":"AUTO"}"#), (.required, #"{"mode":"ANY"}"#), (.none, #"{"mode":"NONE"}"#),
        (.function("weather"), #"{"mode":"ANY","allowedFunctionNames":["weather"]}"#),
    ])
    func tools(choice: ToolChoice, json: String) throws {
        var request = conversation(hello)
        request.toolChoice = choice
        // Without functions there is nothing to choose, and a choice is refused.
        #expect(try !String(buffer: call(request).body).contains("toolConfig"))
        request.tools = [
            .function(weather), .function(FunctionTool(name: "now")),
            .native(JSONText(valid: #"{"type":"web_search"}"#)),
        ]
        request.allowsParallelCalls = false
        let call = try call(request)
        try expect(
            call,
            #"""
            {"contents":[{"role":"user","parts":[{"text":"Hi"}]}],"tools":[{"functionDeclarations":[{"name":"weather",
            "description":"d","parametersJsonSchema":{"type":"object","$schema":"s"}},{"name":"now"}]}],
            "toolConfig":{"functionCallingConfig":\#(json)},"generationConfig":{}}
            """#)
        #expect(call.dropped == ["tools[2]", "parallel_tool_calls"])
    }

    @Test("Parameters keep their meaning, and those without a word are named")
    func parameters() throws {
        var request = conversation(hello)
        request.maxTokens = 100
        request.stop = ["a", "", "b"]
        request.choices = 2
        request.sampling.temperature = 1.5
        request.sampling.topP = 0.5
        request.sampling.topK = 40
        request.sampling.seed = 7
        request.sampling.presencePenalty = 0.25
        request.sampling.frequencyPenalty = -1
        request.sampling.logitBias = .emptyObject
        request.sampling.logprobs = true
        request.sampling.topLogprobs = 3
        request.user = "u-1"
        request.serviceTier = "flex"
        request.extras = [
            .init(name: "store", value: JSONText(valid: "true")),
            .init(name: "safety_settings", value: JSONText(valid: #"[{"category":"c","threshold":"OFF"}]"#)),
        ]
        let rest = #"""
            "contents":[{"role":"user","parts":[{"text":"Hi"}]}],"generationConfig":{"maxOutputTokens":100,
            "stopSequences":["a","b"],"candidateCount":2,"temperature":1.5,"topP":0.5,"topK":40,"seed":7,
            "responseLogprobs":true,"logprobs":3},"safetySettings":[{"category":"c","threshold":"OFF"}]}
            """#
        let plain = try call(request)
        try expect(plain, #"{"serviceTier":"flex","# + rest)
        #expect(plain.dropped == ["presence_penalty", "frequency_penalty", "logit_bias", "user", "store"])
        let vertex = try call(request, on: .vertex(project: "p", location: "l"))
        try expect(vertex, #"{"labels":{"user":"u-1"},"# + rest)
        #expect(
            vertex.dropped == ["presence_penalty", "frequency_penalty", "logit_bias", "service_tier", "store"])
    }

    @Test("What does not fit is refused by name, or brought to its border where that is wanted")
    func borders() throws {
        var request = conversation(hello)
        request.stop = ["1", "2", "3", "4", "5", "6"]
        #expect { try call(request) } throws: { ($0 as? GatewayError)?.parameter == "stop" }
        #expect(try call(request, clamps: true).dropped == ["stop"])
        request.stop = []
        request.sampling.seed = 1 << 40
        #expect { try call(request) } throws: { ($0 as? GatewayError)?.parameter == "seed" }
        #expect(try String(buffer: call(request, clamps: true).body).contains(#""seed":2147483647"#))
    }

    @Test("How hard to think is a level or a budget, by the generation")
    func thinking() throws {
        typealias Effort = ReasoningRequest.Effort
        let table: [(String, ReasoningRequest, String?)] = [
            (
                "gemini-3-flash", .init(effort: .minimal, isShown: true),
                #"{"includeThoughts":true,"thinkingLevel":"MINIMAL"}"#
            ),
            ("gemini-3-pro", .init(effort: Effort.none), #"{"thinkingLevel":"LOW"}"#),
            ("gemini-3.1-pro", .init(effort: .medium), #"{"thinkingLevel":"MEDIUM"}"#),
            ("gemini-3-pro", .init(effort: .xhigh), #"{"thinkingLevel":"HIGH"}"#),
            ("gemini-3-pro", .init(budget: 900), #"{"includeThoughts":true,"thinkingBudget":900}"#),
            ("gemini-2.5-flash", .init(effort: .low), #"{"thinkingBudget":1024}"#),
            ("gemini-2.5-flash", .init(effort: Effort.none), #"{"thinkingBudget":0}"#),
            ("gemini-2.5-pro", .init(effort: Effort.none), #"{"thinkingBudget":128}"#),
            ("gemini-2.5-pro", .init(effort: .high, budget: 5, isShown: false), #"{"includeThoughts":false,"thinkingBudget":5}"#),
            ("gemini-2.5-pro", .init(isShown: true), #"{"includeThoughts":true}"#),
            ("tunedModels/x", .init(effort: .low), #"{"thinkingBudget":1024}"#),
            ("gemini-2.0-flash", .init(effort: .high), nil),
        ]
        for (model, reasoning, json) in table {
            var request = conversation(hello)
            request.reasoning = reasoning
            let call = try call(request, model: model)
            let config = try JSONDocument(call.body).root["generationConfig"]?["thinkingConfig"]
            #expect(config.map { String(buffer: $0.rawText) } == json, "\(model)")
            #expect(call.dropped == (json == nil ? ["reasoning_effort"] : []))
        }
    }

    @Test("A JSON Schema goes as it is to models that take one; older ones refuse it beside functions")
    func formats() throws {
        var request = conversation(hello)
        request.format = .schema(SchemaFormat(name: "n", schema: JSONText(valid: #"{"type":["string","null"]}"#)))
        func config(_ model: String) throws -> String? {
            try JSONDocument(call(request, model: model).body).root["generationConfig"]
                .map { String(buffer: $0.rawText) }
        }
        let json = #""responseMimeType":"application/json""#
        #expect(try config("gemini-2.5-pro") == #"{\#(json),"responseJsonSchema":{"type":["string","null"]}}"#)
        #expect(
            try config("gemini-2.0-flash") == #"{\#(json),"responseSchema":{"type":"STRING","nullable":true}}"#)
        request.format = .json
        #expect(try config("gemini-2.0-flash") == "{\(json)}")
        request.tools = [.function(weather)]
        #expect(try config("gemini-3-flash") == "{\(json)}")
        #expect(try config("gemini-2.5-pro") == "{}")
        #expect(try call(request).dropped == ["response_format"])
    }
}
