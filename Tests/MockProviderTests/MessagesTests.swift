import Foundation
import MockProvider
import Testing

/// What the SDK does not show: the bytes of events, their order, and what becomes of broken histories.
@Suite("Anthropic's Messages", .timeLimit(.minutes(1)))
struct MessagesTests {
    static let headers = ["anthropic-version": "2023-06-01"]

    static func body(_ messages: String, _ more: String = "", model: String = "m") -> String {
        #"{"model":"\#(model)","max_tokens":50,"messages":[\#(messages)]\#(more)}"#
    }

    static let question = #"{"role":"user","content":"q"}"#

    private func post(_ body: String, _ knobs: [String: String] = [:]) async throws -> RawResponse {
        var response = RawResponse([])
        try await MockFixture.run { mock in
            let headers = Self.headers.merging(knobs) { $1 }
            response = try await mock.post(body, path: "/v1/messages", headers: headers)
        }
        return response
    }

    @Test("The events of a text come in the published order, each named after its type")
    func order() async throws {
        let response = try await post(
            Self.body(Self.question, #","stream":true"#), ["x-mock-answer": "Yes it is"])
        #expect(response.headers["content-type"] == "text/event-stream; charset=utf-8")
        let events = response.text.components(separatedBy: "\n\n").dropLast().map { $0.split(separator: "\n") }
        let names = events.map { $0[0].dropFirst("event: ".count) }
        #expect(names == [
            "message_start", "content_block_start", "ping", "content_block_delta", "content_block_delta",
            "content_block_delta", "content_block_stop", "message_delta", "message_stop",
        ])
        for (name, event) in zip(names, events) { #expect(event[1].hasPrefix(#"data: {"type":"\#(name)""#)) }
        #expect(
            events[4][1]
                == #"data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":" it"}}"#)
        #expect(events[8][1] == #"data: {"type":"message_stop"}"#)
    }

    static let use = #"{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"f","input":{}}]}"#

    @Test("Histories that Anthropic refuses are refused, with its words", arguments: [
        (body(""), "at least one message"),
        (#"{"model":"m","messages":[\#(question)]}"#, "max_tokens: Field required"),
        (#"{"max_tokens":5,"messages":[\#(question)]}"#, "model: Field required"),
        (body(#"{"role":"user","content":[{"type":"text","text":""}]}"#), "text content blocks must be non-empty"),
        (body(question + "," + use + "," + question), "without `tool_result` blocks immediately after: t1"),
        (body(question + "," + use), "without `tool_result` blocks immediately after: t1"),
        (
            body(#"{"role":"user","content":[{"type":"tool_result","tool_use_id":"t9","content":"x"}]}"#),
            "unexpected `tool_use_id`"
        ),
        (body(#"{"role":"tool","content":"x"}"#), "role: Input should be"),
        (body(#"{"role":"user"}"#), "content: Field required"),
        (body(question, #","thinking":{"type":"enabled","budget_tokens":2000}"#), "`max_tokens` must be greater"),
        (
            body(question, #","thinking":{"type":"adaptive"},"tool_choice":{"type":"any"}"#),
            "Thinking may not be enabled"
        ),
        (body(question, #","thinking":{"type":"adaptive"},"temperature":0.5"#), "`temperature`"),
        (body(question, #","tools":[{"name":"f"}]"#), "input_schema: Field required"),
        (
            body(#"{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":"{}"}]}"#),
            "Input should be a valid dictionary"
        ),
        (body(question, #","thinking":{"type":"disabled"}"#, model: "claude-opus-5-5"), "'disabled' is not supported"),
        (body(question, #","thinking":{"type":"disabled"}"#, model: "claude-fable-5"), "'disabled' is not supported"),
        (body(question, #","tool_choice":{"type":"any"}"#, model: "claude-mythos-5-1"), "forced tool use"),
        (
            body(question, #","output_config":{"format":{"type":"json_schema","schema":{}}}"#, model: "claude-opus-4-1"),
            "structured outputs"
        ),
        (
            body(question, #","tools":[{"name":"f","strict":false,"input_schema":{}}]"#, model: "claude-3-5-haiku-latest"),
            "tools.0.custom.strict"
        ),
    ])
    func refused(_ body: String, _ words: String) async throws {
        let response = try await post(body)
        #expect(response.status == 400)
        #expect(response.text.hasPrefix(#"{"type":"error","error":{"type":"invalid_request_error","message":"#))
        #expect(response.text.contains(words), "\(response.text)")
    }

    @Test("Without its version header a request is refused; one too large gets Anthropic's type")
    func headers() async throws {
        try await MockFixture.run({ $0.bodyLimit = 100 }) { mock in
            let bare = try await mock.post(Self.body(Self.question), path: "/v1/messages")
            #expect(bare.status == 400 && bare.text.contains("anthropic-version: header is required"))
            let large = try await mock.post(
                Self.body(Self.question, String(repeating: " ", count: 100)), path: "/v1/messages",
                headers: Self.headers)
            #expect(large.status == 413 && large.text.contains("request_too_large"))
            #expect(large.headers["request-id"]?.hasPrefix("req_") == true)
        }
    }

    @Test("Without its terminal a stream ends whole as HTTP and not as a message", arguments: [1, 3])
    func missingTerminal(_ tokens: Int) async throws {
        let body = Self.body(Self.question, #","stream":true"#)
        let knobs = ["x-mock-missing-terminal": "true", "x-mock-answer-tokens": String(tokens)]
        let response = try await post(body, knobs)
        #expect(response.isWhole && response.text.hasSuffix("\"content_block_stop\",\"index\":0}\n\n"))
        let failing = try await post(body, ["x-mock-error-after-lifecycle": "1"])
        #expect(failing.isWhole && !failing.text.contains("content_block_delta"))
        let error = #"event: error"# + "\n" + #"data: {"type":"error","error":{"type":"overloaded_error""#
        #expect(failing.text.contains(error))
    }
}
