import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("What clients are told of parameters")
struct ClientNamesTests {
    private struct Asked {
        let root: JSONElement
        let conversation: Conversation
        let names: ClientNames

        init(_ body: String, as api: ClientAPI) throws {
            root = try JSONDocument(body).root
            conversation =
                api == .chat
                ? try ChatRequestReader.read(root) : try ClientDialects.dialect(of: api).request(root, headers: [])
            names = ClientNames(api, root: root, conversation: conversation)
        }
    }

    private static func body(_ api: ClientAPI, _ rest: String) -> String {
        switch api {
        case .chat: #"{"model":"m","messages":[{"role":"user","content":"q"}],\#(rest)}"#
        case .responses: #"{"model":"m","input":"q",\#(rest)}"#
        case .messages: #"{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"q"}],\#(rest)}"#
        }
    }

    private static let schema = #"{"type":"json_schema","schema":{"type":"object"}}"#
    private static let tool = #"{"type":"function","name":"f","parameters":{}}"#

    @Test("A parameter is called as the client wrote it", arguments: [
        (ClientAPI.chat, #""max_completion_tokens":9"#, "max_tokens", "max_completion_tokens"),
        (.chat, #""max_tokens":9"#, "max_tokens", "max_tokens"),
        (.chat, #""stop":"a""#, "stop[0]", "stop"), (.chat, #""stop":["a","b"]"#, "stop[1]", "stop[1]"),
        (.chat, #""thinking":{"type":"enabled","budget_tokens":9}"#, "reasoning_effort", "thinking"),
        (.chat, #""reasoning_effort":"low""#, "thinking", "reasoning_effort"),
        (.chat, #""safety_identifier":"u""#, "user", "safety_identifier"),
        (.chat, #""functions":[{"name":"f"}]"#, "tools[0].function.strict", "functions[0].strict"),
        (.chat, #""functions":[{"name":"f"}],"function_call":{"name":"f"}"#, "tool_choice", "function_call"),
        (.messages, #""stop_sequences":["a"]"#, "stop[0]", "stop_sequences[0]"),
        (.messages, #""thinking":{"type":"enabled","budget_tokens":9}"#, "reasoning_effort", "thinking"),
        (.messages, #""output_config":{"effort":"low"}"#, "reasoning_effort", "output_config.effort"),
        (.messages, #""output_config":{"format":\#(schema)}"#, "response_format", "output_config.format"),
        (.messages, #""output_format":\#(schema)"#, "response_format.json_schema.schema.$ref",
         "output_format.schema.$ref"),
        (.messages, #""metadata":{"user_id":"u"}"#, "user", "metadata.user_id"),
        (.messages, #""tools":[{"name":"f","input_schema":{}}]"#, "tools[0].function.parameters.not",
         "tools[0].input_schema.not"),
        (.responses, #""max_output_tokens":9"#, "max_tokens", "max_output_tokens"),
        (.responses, #""reasoning":{"effort":"low"}"#, "reasoning_effort", "reasoning.effort"),
        (.responses, #""text":{"format":\#(schema)}"#, "response_format", "text.format"),
        (.responses, #""user":"u""#, "user", "user"),
        (.responses, #""safety_identifier":"u""#, "user", "safety_identifier"),
        (.responses, #""tools":[\#(tool)]"#, "tools[0].function.parameters.not", "tools[0].parameters.not"),
        (.responses, #""include":["message.output_text.logprobs"]"#, "logprobs", "include"),
        (.responses, #""top_logprobs":2"#, "logprobs", "top_logprobs"),
    ])
    func parameter(api: ClientAPI, rest: String, hub: String, own: String) throws {
        let asked = try Asked(Self.body(api, rest), as: api)
        #expect(asked.names.names(of: [hub, hub]) == [own])
        let error = asked.names.naming(GatewayError(.invalidRequest, "'\(hub)' must be 1", parameter: hub))
        #expect(error.parameter == own && error.message == "'\(own)' must be 1" && error.code == .invalidRequest)
    }

    @Test("A member that only the client's dialect has keeps its name, also where it looks like a place")
    func extras() throws {
        let asked = try Asked(
            """
            {"model":"m","max_tokens":9,"system":"s","messages":[{"role":"user","content":[
             {"type":"text","text":"q","odd":1}]}]}
            """, as: .messages)
        #expect(asked.names.names(of: ["messages[0].content[0].odd"]) == ["messages[0].content[0].odd"])
        #expect(asked.names.names(of: ["messages[1].content[0]"]) == ["messages[0].content[0]"])
    }

    @Test("Where more was asked than the client wrote, no place is named")
    func more() throws {
        for (api, own) in [(ClientAPI.chat, "messages"), (.messages, "messages"), (.responses, "input")] {
            let names = ClientNames(api, root: nil, conversation: Conversation(model: "m"))
            #expect(names.names(of: ["messages[3].content[1]"]) == [own])
        }
    }

    /// All requests of the fixtures, in the dialects of all clients, and of each part the place.
    @Test("Every part of every request has a place in what its client wrote", arguments: ClientAPI.allCases)
    func places(api: ClientAPI) throws {
        var found = 0
        for name in FixtureFile.names(in: "requests") {
            guard let body = try FixtureFile("requests/\(name)")[api.rawValue] else { continue }
            let asked = try Asked(body, as: api)
            for (index, message) in asked.conversation.messages.enumerated() {
                for part in message.parts.indices {
                    let place = asked.names.names(of: ["messages[\(index)].content[\(part)]"])[0]
                    let element = try #require(Self.element(at: place, of: asked.root), "\(name): \(place)")
                    #expect(Self.holds(element, message.parts[part]), "\(name): \(place)")
                    found += 1
                }
            }
        }
        #expect(found > 20)
    }

    @Test("Items of one turn, results and words behind a place are told apart")
    func responses() throws {
        let asked = try Asked(
            """
            {"model":"m","instructions":"i","input":[{"role":"user","content":"q"},
             {"type":"reasoning","summary":[]},{"role":"assistant","content":[{"type":"output_text","text":"a"},
             {"type":"output_text","text":"b"}]},{"type":"function_call","call_id":"c","name":"f","arguments":"{}"},
             {"type":"function_call_output","call_id":"c","output":[{"type":"input_text","text":"r"}]}]}
            """, as: .responses)
        #expect(
            asked.names.names(of: [
                "messages[0].content[0]", "messages[2].content[1]", "messages[2].content[2]",
                "messages[3].content[0].content[0]", "messages[3].tool_call_id", "messages[9].name", "messages",
            ]) == [
                "instructions", "input[2].content[1]", "input[3]", "input[4].output[0]", "input[4].call_id", "input",
            ])
    }

    @Test("A turn that was changed on the way is one place")
    func changed() throws {
        let asked = try Asked(
            #"{"model":"m","messages":[{"role":"assistant","content":[{"type":"text","text":"a"}]}]}"#, as: .chat)
        var conversation = asked.conversation
        conversation.messages[0].parts.insert(ContentPart(.thinking("t", signature: "s")), at: 0)
        let names = ClientNames(.chat, root: asked.root, conversation: conversation)
        #expect(names.names(of: ["messages[0].content[1]"]) == ["messages[0]"])
    }

    // MARK: - Looking places up

    /// What stands at a path such as `messages[0].content[1]`.
    private static func element(at path: String, of root: JSONElement) -> JSONElement? {
        var element: JSONElement? = root
        for step in path.replacing("[", with: ".[").split(separator: ".") {
            if step.hasPrefix("["), let index = Int(step.dropFirst().dropLast()) {
                var elements = element?.elements.map { $0 } ?? []
                element = elements.indices.contains(index) ? elements.remove(at: index) : nil
            } else {
                element = element?[String(step)]
            }
        }
        return element
    }

    /// Whether what a part says is in the element.
    private static func holds(_ element: JSONElement, _ part: ContentPart) -> Bool {
        let text = element.string ?? String(buffer: element.rawText)
        switch part.content {
        case .text(let said), .refusal(let said): return text == said || element["text"]?.string == said
        case .thinking(let thought, _): return text.contains(thought)
        case .redactedThinking(let data): return text.contains(data)
        case .toolCall(let call): return text.contains(call.name)
        case .toolResult(let result): return text.contains(result.callID) || element["role"]?.string == "function"
        case .image(let media), .audio(let media), .file(let media):
            if case .inline(_, let base64) = media.source {
                return text.contains(base64) || media.inlineText.map(text.contains) ?? false
            }
            return media.url.map(text.contains) ?? true
        case .native(let native): return text == native.description
        }
    }
}

extension Media {
    fileprivate var inlineText: String? {
        if case .inline(_, let base64) = source { Base64.decodeText(base64) } else { nil }
    }
}
