import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Requests of Messages")
struct MessagesRequestReaderTests {
    private func read(_ json: String, headers: [(name: String, value: String)] = []) throws -> Conversation {
        try AnthropicClient().request(JSONDocument(json).root, headers: headers)
    }

    /// The request with one user message and these further members.
    private func read(members: String) throws -> Conversation {
        try read(#"{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"Hi"}],\#(members)}"#)
    }

    private func refusal(_ json: String) -> String? {
        do {
            _ = try read(json)
            return nil
        } catch {
            return (error as? GatewayError)?.parameter
        }
    }

    @Test("Every member of a request finds its place")
    func members() throws {
        let request = try read(
            """
            {"model":"claude-sonnet-4-5","max_tokens":1024,"stream":true,"temperature":0.5,"top_p":0.9,"top_k":40,
             "system":[{"type":"text","text":"Be kind.","cache_control":{"type":"ephemeral","ttl":"1h"}}],
             "stop_sequences":["END"],"metadata":{"user_id":"u-1"},"service_tier":"standard_only",
             "tools":[{"name":"f","description":"d","input_schema":{"type":"object"},"strict":true,
                       "cache_control":{"type":"ephemeral"}},{"type":"web_search_20250305","name":"web_search"}],
             "tool_choice":{"type":"any","disable_parallel_tool_use":true},
             "thinking":{"type":"enabled","budget_tokens":2048,"display":"summarized"},
             "output_config":{"effort":"high","format":{"type":"json_schema","schema":{"type":"object"}}},
             "messages":[{"role":"user","content":"Hi"}],"inference_geo":"eu","container":null}
            """, headers: [("Anthropic-Beta", "a-1"), ("anthropic-beta", "b-2"), ("x-other", "c")])
        #expect(request.model == "claude-sonnet-4-5" && request.maxTokens == 1024)
        #expect(request.isStream && request.wantsStreamUsage)
        #expect(request.sampling.temperature == 0.5 && request.sampling.topP == 0.9 && request.sampling.topK == 40)
        #expect(request.messages.map(\.role) == [.system, .user])
        #expect(request.messages[0].parts == [ContentPart(.text("Be kind."), cacheMark: CacheMark(lifetime: "1h"))])
        #expect(request.stop == ["END"] && request.user == "u-1" && request.serviceTier == "default")
        let schema = JSONText(valid: #"{"type":"object"}"#)
        let native = JSONText(valid: #"{"type":"web_search_20250305","name":"web_search"}"#)
        let function = FunctionTool(
            name: "f", description: "d", parameters: schema, isStrict: true, cacheMark: CacheMark())
        #expect(request.tools == [.function(function), .native(native)])
        #expect(request.toolChoice == .required && request.allowsParallelCalls == false)
        #expect(request.reasoning == ReasoningRequest(effort: .high, budget: 2048, isShown: true))
        #expect(request.format == .schema(SchemaFormat(schema: schema)))
        #expect(request.extras.map(\.name) == ["inference_geo", "anthropic-beta"])
        #expect(request.extras.last?.value.description == #""a-1,b-2""#)
    }

    @Test("A user's message with results of tools becomes these, and the rest behind them")
    func toolResults() throws {
        let request = try read(
            """
            {"model":"m","max_tokens":9,"messages":[
             {"role":"user","content":"Hi"},
             {"role":"assistant","content":[{"type":"thinking","thinking":"","signature":"Eq="},
              {"type":"tool_use","id":"t1","name":"f","input":{"a": 1}},
              {"type":"tool_use","id":"t2","name":"g","input":{}}]},
             {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"one"},
              {"type":"tool_result","tool_use_id":"t2","is_error":true,
               "content":[{"type":"text","text":"two"},{"type":"image","source":{"type":"url","url":"u"}}]},
              {"type":"text","text":"And?"}]},
             {"role":"system","content":"Now."}]}
            """)
        #expect(request.messages.map(\.role) == [.user, .assistant, .tool, .tool, .user, .system])
        #expect(request.messages[1].parts == [
            ContentPart(.thinking("", signature: "Eq=")),
            ContentPart(.toolCall(ToolCall(id: "t1", name: "f", arguments: #"{"a": 1}"#))),
            ContentPart(.toolCall(ToolCall(id: "t2", name: "g", arguments: "{}"))),
        ])
        #expect(request.messages[2].parts == [
            ContentPart(.toolResult(ToolResult(callID: "t1", name: "f", parts: [.text("one")])))
        ])
        let second = ToolResult(
            callID: "t2", name: "g", parts: [.text("two"), ContentPart(.image(Media(.url("u"))))], isError: true)
        #expect(request.messages[3].parts == [ContentPart(.toolResult(second))])
        #expect(request.messages[4].parts == [.text("And?")])
    }

    @Test("Images and documents come from any source")
    func media() throws {
        let request = try read(
            """
            {"model":"m","max_tokens":9,"messages":[{"role":"user","content":[
             {"type":"image","source":{"type":"base64","media_type":"image/PNG","data":"aaaa"}},
             {"type":"image","source":{"type":"file","file_id":"file_1"}},
             {"type":"document","title":"T","source":{"type":"base64","media_type":"application/pdf","data":"JVBE"}},
             {"type":"document","source":{"type":"url","url":"https://x/y.pdf"}},
             {"type":"document","source":{"type":"text","media_type":"text/plain","data":"Grüße"}},
             {"type":"document","source":{"type":"content","content":"c"}}]}]}
            """)
        let native = JSONText(valid: #"{"type":"document","source":{"type":"content","content":"c"}}"#)
        #expect(request.messages[0].parts.map(\.content) == [
            .image(Media(.inline(type: "image/png", base64: "aaaa"))), .image(Media(.upload(id: "file_1"))),
            .file(Media(.inline(type: "application/pdf", base64: "JVBE"), name: "T")),
            .file(Media(.url("https://x/y.pdf"))),
            // printf 'Grüße' | base64
            .file(Media(.inline(type: "text/plain", base64: "R3LDvMOfZQ=="))), .native(native),
        ])
    }

    @Test("What only this dialect has is kept under its path, so that no two requests look alike")
    func paths() throws {
        let request = try read(
            """
            {"model":"m","max_tokens":9,"cache_control":{"type":"ephemeral"},"metadata":{"user_id":"u","k":1},
             "tools":[{"name":"f","input_schema":{},"defer_loading":true}],
             "messages":[{"role":"user","content":[{"type":"document","citations":{"enabled":true},
               "source":{"type":"url","url":"u"}},{"type":"text","text":"a","citations":[]}]}]}
            """)
        #expect(request.extras.map(\.name) == [
            "cache_control", "metadata.k", "tools[0].defer_loading", "messages[0].content[0].citations",
        ])
    }

    @Test("Thinking and effort are one wish", arguments: [
        (#""thinking":{"type":"adaptive"}"#, ReasoningRequest(), []),
        (#""thinking":{"type":"disabled"}"#, ReasoningRequest(effort: ReasoningRequest.Effort.none), []),
        (#""thinking":{"type":"disabled"},"output_config":{"effort":"low"}"#,
            ReasoningRequest(effort: ReasoningRequest.Effort.none), ["output_config.effort"]),
        (#""thinking":{"type":"adaptive","display":"omitted"},"output_config":{"effort":"max"}"#,
            ReasoningRequest(effort: .max, isShown: false), []),
        (#""output_config":{"effort":"xhigh"}"#, ReasoningRequest(effort: .xhigh, isEffortAlone: true), []),
        (#""thinking":{"type":"between_tools"}"#, ReasoningRequest(), ["thinking"]),
    ] as [(String, ReasoningRequest, [String])])
    func reasoning(members: String, reasoning: ReasoningRequest, extras: [String]) throws {
        let request = try read(members: members)
        #expect(request.reasoning == reasoning)
        #expect(request.extras.map(\.name) == extras)
    }

    @Test("A choice of tools", arguments: [
        (#"{"type":"auto"}"#, ToolChoice.auto), (#"{"type":"none"}"#, ToolChoice.none),
        (#"{"type":"tool","name":"f"}"#, .function("f")),
        (#"{"type":"lottery"}"#, .native(JSONText(valid: #"{"type":"lottery"}"#))),
    ])
    func choice(json: String, choice: ToolChoice) throws {
        #expect(try read(members: "\"tool_choice\":\(json)").toolChoice == choice)
    }

    @Test("A mistake is named by its field", arguments: [
        (#"{"max_tokens":1,"messages":[]}"#, "model"),
        (#"{"model":"m","max_tokens":1}"#, "messages"),
        (#"{"model":"m","max_tokens":1,"messages":[]}"#, "messages"),
        (#"{"model":"m","max_tokens":1,"messages":{}}"#, "messages"),
        (#"{"model":"m","messages":[{"role":"user","content":"a"}]}"#, "max_tokens"),
        (#"{"model":"m","max_tokens":-1,"messages":[{"role":"user","content":"a"}]}"#, "max_tokens"),
        (#"{"model":"m","max_tokens":1,"messages":[{"role":"tool","content":"a"}]}"#, "messages[0].role"),
        (#"{"model":"m","max_tokens":1,"messages":[{"role":"user"}]}"#, "messages[0].content"),
        (#"{"model":"m","max_tokens":1,"messages":[{"role":"user","content":[7]}]}"#, "messages[0].content[0]"),
        (#"{"model":"m","max_tokens":1,"messages":[{"role":"user","content":[{"type":"text"}]}]}"#,
            "messages[0].content[0].text"),
        (#"{"model":"m","max_tokens":1,"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"a","#
            + #""name":"f","input":"{}"}]}]}"#,
            "messages[0].content[0].input"),
        (#"{"model":"m","max_tokens":1,"temperature":"hot","messages":[{"role":"user","content":"a"}]}"#,
            "temperature"),
        (#"{"model":"m","max_tokens":1,"tools":[{}],"messages":[{"role":"user","content":"a"}]}"#, "tools[0].name"),
        (#"{"model":"m","max_tokens":1,"stop_sequences":[1],"messages":[{"role":"user","content":"a"}]}"#,
            "stop_sequences[0]"),
    ])
    func mistakes(json: String, parameter: String) { #expect(refusal(json) == parameter) }
}
