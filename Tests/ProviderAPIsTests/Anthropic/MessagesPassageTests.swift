import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Messages between a client and a provider of the same dialect")
struct MessagesPassageTests {
    private let body = """
        { "max_tokens": 1e1, "model": "alias", "new": [null],
          "messages": [{"role": "user", "content": "a\\u0041"}] }
        """

    @Test("Everything but the model's name passes as it was written")
    func splice() throws {
        let root = try JSONDocument(body).root
        let headers = [(name: "Anthropic-Version", value: "2024-01-01"), (name: "anthropic-beta", value: "x"),
            (name: "authorization", value: "secret"), (name: "anthropic-beta", value: "y")]
        let call = AnthropicProvider().call(passing: root, headers: headers, model: "claude-\"1\"")
        #expect(String(buffer: call.body) == body.replacing(#""alias""#, with: #""claude-\"1\"""#))
        #expect(call.path == "/v1/messages" && call.dropped.isEmpty)
        #expect(call.headers == [
            .init("anthropic-version", "2024-01-01"), .init("anthropic-beta", "x"), .init("anthropic-beta", "y"),
        ])
        let same = AnthropicProvider().call(passing: root, headers: [], model: "alias")
        #expect(String(buffer: same.body) == body)
        #expect(same.headers == [.init("anthropic-version", "2023-06-01")])
    }

    @Test("Thoughts that other providers said stay here, and so does what would be refused without them")
    func foreignThoughts() throws {
        let own = #"{"type":"thinking","thinking":"a","signature":"EqQB"}"#
        let foreign = #"{"type":"thinking","thinking":"b","signature":"gemini:QQ=="}"#
        let unsigned = #"{"type":"thinking","thinking":"c","signature":""}"#
        let redacted = #"{"type":"redacted_thinking","data":"openai:rs_1:QQ"}"#
        let call = #"{"type":"tool_use", "id":"t","name":"f","input":{}}"#
        func body(_ messages: String, _ rest: String = "") -> String {
            #"{"max_tokens":9,"messages":[{"role":"user","content":"q"},\#(messages)],"model":"m"\#(rest)}"#
        }
        func passed(_ body: String) throws -> (String, [String]) {
            let call = AnthropicProvider().call(passing: try JSONDocument(body).root, headers: [], model: "m")
            return (String(buffer: call.body), call.dropped)
        }
        let kept = body(#"{"role":"assistant", "content":[\#(own),\#(call)]}"#, #","thinking":{"type":"enabled"}"#)
        #expect(try passed(kept) == (kept, []))
        #expect(
            try passed(body(#"{"role":"assistant","content":[\#(foreign),\#(own),\#(unsigned),\#(call)],"x":1}"#))
                == (body(#"{"role":"assistant","content":[\#(own),\#(call)],"x":1}"#), []))
        // A turn of nothing else is left out, and a budget is refused beside a call that nothing explains.
        #expect(
            try passed(
                body(
                    #"{"role":"assistant","content":[\#(redacted)]},"#
                        + #"{"role":"assistant","content":[\#(foreign),\#(call)]}"#,
                    #","thinking":{"type":"enabled","budget_tokens":1024}"#))
                == (body(#"{"role":"assistant","content":[\#(call)]}"#), ["thinking"]))
        // Thinking that the model measures itself needs no explanation.
        let adaptive = #","thinking":{"type":"adaptive"}"#
        #expect(
            try passed(body(#"{"role":"assistant","content":[\#(foreign),\#(call)]}"#, adaptive))
                == (body(#"{"role":"assistant","content":[\#(call)]}"#, adaptive), []))
    }

    @Test("Tokens are counted by the provider")
    func count() throws {
        let root = try JSONDocument(body).root
        let call = MessagesTokenCount.call(passing: root, headers: [], model: "claude-1")
        #expect(call.path == "/v1/messages/count_tokens")
        #expect(try JSONDocument(call.body).root["model"]?.string == "claude-1")
        #expect(try MessagesTokenCount.read(ByteBuffer(string: #"{"input_tokens":2095,"x":1}"#)) == 2095)
        #expect(String(buffer: MessagesTokenCount.body(of: 2095)) == #"{"input_tokens":2095}"#)
        for broken in [#"{"input_tokens":-1}"#, "{}", "[]", "no", #"{"type":"error","error":{"type":"api_error"}}"#] {
            #expect(throws: ProviderFailure.self) { try MessagesTokenCount.read(ByteBuffer(string: broken)) }
        }
    }

    @Test("Where nobody counts, all that is sent is estimated")
    func estimate() throws {
        let request = try MessagesTokenCount.request(JSONDocument(
            """
            {"model":"m","system":"four","messages":[{"role":"user","content":[{"type":"text","text":"two"},
             {"type":"image","source":{"type":"url","url":"u"}},
             {"type":"document","source":{"type":"text","media_type":"text/plain","data":"words"}},
             {"type":"document","source":{"type":"url","url":"u"}}]},
             {"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{}}]},
             {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"abc"}]}],
             "tools":[{"name":"f","description":"do","input_schema":{}}]}
            """).root)
        // Each character as a token; five frames of 4 for four messages and a tool.
        let texts = "four" + "two" + "words" + "f" + "{}" + "abc" + "f" + "do" + "{}"
        let estimate = MessagesTokenCount.estimate(request) { $0.count }
        #expect(estimate == texts.count + 1568 + 2250 + 5 * 4)
        #expect(MessagesTokenCount.estimate(request) { _ in .max } == .max)
    }
}
