import GatewayCore
import NIOCore
import ProviderAPIs
import Testing

@Suite("Whole responses")
struct ResponsesAnswerTests {
    private func read(_ json: String) throws -> Answer { try ResponsesProvider().answer(ByteBuffer(string: json)) }

    @Test("An answer of OpenAI is read with everything that counts")
    func reading() throws {
        let answer = try read(
            #"""
            {"id":"resp_1","object":"response","created_at":1754000000.0,"status":"completed","model":"gpt-5",
             "error":null,"incomplete_details":null,"service_tier":"default","output":[
              {"id":"rs_1","type":"reasoning","summary":[],"encrypted_content":"gAAA"},
              {"id":"ws_1","type":"web_search_call","status":"completed"},
              {"id":"msg_1","type":"message","status":"completed","role":"assistant","content":[
               {"type":"output_text","text":"Hi","annotations":[],"logprobs":[]}]},
              {"id":"fc_1","type":"function_call","call_id":"c","name":"f","arguments":"{}","status":"completed"},
              7],
             "usage":{"input_tokens":37,"input_tokens_details":{"cached_tokens":30,"cache_write_tokens":2},
              "output_tokens":11,"output_tokens_details":{"reasoning_tokens":4},"total_tokens":48},"future":{}}
            """#)
        #expect(answer.id == "resp_1" && answer.model == "gpt-5" && answer.created == 1_754_000_000)
        #expect(answer.serviceTier == "default" && answer.usage == ResponsesStreamFixture.usage)
        #expect(
            answer.choices[0].parts == [
                ContentPart(.thinking("", signature: "openai:rs_1:gAAA")),
                ContentPart(.native(JSONText(valid: #"{"id":"ws_1","type":"web_search_call","status":"completed"}"#))),
                .text("Hi"), ContentPart(.toolCall(ToolCall(id: "c", name: "f", arguments: "{}"))),
            ])
        #expect(answer.choices[0].finish == .toolCalls && answer.choices[0].nativeFinish == nil)
    }

    @Test(
        "Ends are read as the table of reasons has them",
        arguments: [
            (#""status":"completed""#, FinishReason.stop, nil),
            (#""status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}"#, .length, nil),
            (#""status":"incomplete","incomplete_details":{"reason":"content_filter"}"#, .contentFilter, nil),
            (#""status":"incomplete","incomplete_details":{"reason":"max_messages"}"#, .other("max_messages"), "max_messages"),
            (#""status":"incomplete","incomplete_details":null"#, .other("incomplete"), "incomplete"),
            (#""status":"tomorrow""#, .other("tomorrow"), "tomorrow"),
        ] as [(String, FinishReason, String?)])
    func ends(members: String, finish: FinishReason, native: String?) throws {
        let choice = try read("{\"output\":[],\(members)}").choices[0]
        #expect(choice.finish == finish && choice.nativeFinish == native)
    }

    @Test("Details of tokens are parts of the sums, whatever numbers come (trap 9)")
    func usage() throws {
        let cases: [(String, TokenUsage?)] = [
            (#"{"input_tokens":5,"output_tokens":3}"#, TokenUsage(inputUncached: 5, outputText: 3)),
            (#"{"input_tokens":5,"input_tokens_details":{"cached_tokens":9}}"#, TokenUsage(cacheRead: 5)),
            (#"{"input_tokens":5,"output_tokens":2,"output_tokens_details":{"reasoning_tokens":-1}}"#,
                TokenUsage(inputUncached: 5, outputText: 2)),
            (#"{"input_tokens":-5}"#, nil), (#"{"input_tokens":1e99}"#, nil), ("null", nil), ("[]", nil),
            (#"{"input_tokens":9223372036854775807,"output_tokens":9223372036854775807}"#,
                TokenUsage(inputUncached: .max, outputText: .max)),
        ]
        for (json, wanted) in cases { #expect(try read("{\"output\":[],\"usage\":\(json)}").usage == wanted) }
    }

    @Test(
        "What is no answer fails as what it is",
        arguments: [
            ("nonsense", ProviderFailure.Kind.malformedAnswer), ("[]", .malformedAnswer), ("{}", .malformedAnswer),
            (#"{"output":7}"#, .malformedAnswer), (#"{"status":"queued","output":[]}"#, .malformedAnswer),
            (#"{"status":"failed","error":{"code":"server_error","message":"m"},"output":[]}"#, .serverError),
            (#"{"status":"failed","error":{"code":"rate_limit_exceeded","message":"m"},"output":[]}"#, .rateLimited),
            (#"{"status":"cancelled","output":[]}"#, .serverError),
            (#"{"error":{"message":"m","code":"insufficient_quota"}}"#, .quotaGone),
        ])
    func failures(json: String, kind: ProviderFailure.Kind) {
        let failure = #expect(throws: ProviderFailure.self) { try read(json) }
        #expect(failure?.kind == kind)
    }

    @Test(
        "Each refusal of the provider is known by its code, else by its status",
        arguments: [
            (401, "Incorrect API key provided", "invalid_request_error", "invalid_api_key", ProviderFailure.Kind.auth),
            (403, "Country not supported", "request_forbidden", "unsupported_country_region_territory", .auth),
            (404, "The model does not exist", "invalid_request_error", "model_not_found", .modelNotFound),
            (400, "Your input exceeds the context window", "invalid_request_error", "context_length_exceeded",
                .contextTooLong),
            (400, "Your input exceeds the context window of this model", "invalid_request_error", nil, .contextTooLong),
            (400, "Your prompt was flagged", "invalid_request_error", "invalid_prompt", .contentPolicy),
            (400, "Unsupported parameter", "invalid_request_error", nil, .badRequest),
            (429, "Rate limit reached", "tokens", "rate_limit_exceeded", .rateLimited),
            (429, "You exceeded your current quota", "insufficient_quota", "insufficient_quota", .quotaGone),
            (500, "The server had an error", "server_error", nil, .serverError),
            (503, "Slow down", "server_error", "slow_down", .overloaded),
        ] as [(Int, String, String, String?, ProviderFailure.Kind)])
    func refusals(status: Int, message: String, type: String, code: String?, kind: ProviderFailure.Kind) {
        let word = code.map { "\"\($0)\"" } ?? "null"
        let body = #"{"error":{"message":"\#(message)","type":"\#(type)","param":null,"code":\#(word)}}"#
        let failure = ResponsesProvider().failure(
            status: status, headers: [], body: ByteBuffer(string: body), now: 1_754_000_000)
        #expect(failure.kind == kind && failure.status == status && failure.message == message)
    }

    @Test("A refusal without an error object is known by its status", arguments: [(529, ""), (503, "<html>")])
    func bareRefusals(status: Int, body: String) {
        let failure = ResponsesProvider().failure(
            status: status, headers: [], body: ByteBuffer(string: body), now: 1_754_000_000)
        #expect(failure.kind == .overloaded)
    }

    @Test(
        "Every form of Retry-After is believed, up to an hour (trap 12)",
        arguments: [
            ("retry-after", "7", Duration.seconds(7)), ("Retry-After", "1.5", .milliseconds(1500)),
            ("retry-after-ms", "250", .milliseconds(250)), ("retry-after", "999999999", .seconds(3600)),
            ("retry-after", "Fri, 31 Jul 2026 22:13:30 GMT", .seconds(10)),
        ])
    func retryAfter(name: String, value: String, wait: Duration) {
        // 2026-07-31 22:13:20 UTC.
        let failure = ResponsesProvider().failure(
            status: 429, headers: [(name, value)], body: ByteBuffer(), now: 1_785_536_000)
        #expect(failure.retryAfter == wait)
    }

    @Test("An answer goes to the client with everything OpenAI's types demand")
    func writing() throws {
        let request = try ResponsesRequestTests.read(
            #"""
            {"model":"alias","instructions":"short","input":"x","metadata":{"a":"b"},"reasoning":{"effort":"low"},
             "tools":[{"type":"function","name":"f","parameters":{"type":"object"}},{"type":"web_search"}],
             "text":{"verbosity":"low"},"user":"u","truncation":"auto","max_output_tokens":50}
            """#)
        var answer = Answer()
        (answer.id, answer.model, answer.created) = ("msg_01:A", "claude", 1_754_000_000)
        answer.usage = TokenUsage(
            inputUncached: 5, cacheRead: 30, cacheWrite5m: 1, cacheWrite1h: 1, outputText: 7, outputReasoning: 4)
        var choice = AnswerChoice()
        choice.parts = [.text("Hi"), ContentPart(.refusal("no"))]
        choice.finish = .length
        answer.choices = [choice]
        let body = ResponsesClient().body(of: answer, to: request)
        let wanted = #"""
            {"id":"resp_01:A","object":"response","created_at":1754000000,"status":"incomplete","background":false,
             "error":null,"incomplete_details":{"reason":"max_output_tokens"},"model":"claude","output":[
              {"id":"msg_01A_0","type":"message","status":"incomplete","role":"assistant","content":[
               {"type":"output_text","text":"Hi","annotations":[],"logprobs":[]},{"type":"refusal","refusal":"no"}]}],
             "instructions":"short","max_output_tokens":50,"temperature":1,"top_p":1,"top_logprobs":0,
             "prompt_cache_key":null,"safety_identifier":"u","user":"u","service_tier":null,
             "reasoning":{"effort":"low","summary":null},"text":{"format":{"type":"text"},"verbosity":"low"},
             "parallel_tool_calls":true,"tools":[
              {"type":"function","name":"f","parameters":{"type":"object"},"strict":false},{"type":"web_search"}],
             "tool_choice":"auto","metadata":{"a":"b"},"previous_response_id":null,"store":false,"truncation":"auto",
             "usage":{"input_tokens":37,"input_tokens_details":{"cached_tokens":30,"cache_write_tokens":2},
              "output_tokens":11,"output_tokens_details":{"reasoning_tokens":4},"total_tokens":48}}
            """#
        #expect(try Canonical.text(body) == Canonical.text(wanted))
    }

    @Test("Thoughts and their proofs survive a client that sends its items back (traps 3 and 4)")
    func proofs() throws {
        var answer = Answer()
        var choice = AnswerChoice()
        choice.parts = [
            ContentPart(.thinking("hm", signature: "EqQB")), ContentPart(.redactedThinking("secret")),
            ContentPart(.thinking("", signature: "gemini:sig")), .text("calling"),
            ContentPart(.toolCall(ToolCall(id: "c1", name: "f", arguments: "{}", signature: "s1"))),
            ContentPart(.toolCall(ToolCall(id: "c2", name: "f", arguments: "{}"))),
        ]
        answer.choices = [choice]
        let body = try JSONDocument(ResponsesClient().body(of: answer, to: Conversation(model: "m"))).root
        let output = String(buffer: try #require(body["output"]).rawText)
        let next = try ResponsesRequestTests.read(#"{"model":"m","input":\#(output)}"#)
        #expect(next.messages == [Message(.assistant, choice.parts)])
    }

    @Test("Errors have OpenAI's form")
    func errors() throws {
        let body = ResponsesClient().body(of: GatewayError(.invalidRequest, "m", parameter: "input[0]"))
        let wanted = #"""
            {"error":{"message":"m","type":"invalid_request_error","param":"input[0]","code":"invalid_request"}}
            """#
        #expect(try Canonical.text(body) == Canonical.text(wanted))
    }
}
