import GatewayCore
import NIOCore
import ProviderAPIs
import Testing

@Suite("OpenAI requests and answers")
struct OpenAIChatTests {
    /// What a client sent for the model `a` and what the provider gets for its model `b/1`.
    static let requests: [(sent: String, forwarded: String)] = [
        (#"{"model":"a"}"#, #"{"model":"b/1"}"#),
        (" {\n\t\"model\" : \"a\" ,\r\n\"x\":1.0e0,\"y\":\"\\u00e9\\/\" } ",
         " {\n\t\"model\" : \"b/1\" ,\r\n\"x\":1.0e0,\"y\":\"\\u00e9\\/\" } "),
        (#"{"messages":[{"model":"a"}],"model":"\u0061"}"#, #"{"messages":[{"model":"a"}],"model":"b/1"}"#),
        (#"{"stream":false,"stream_options":null,"model":"a"}"#,
         #"{"stream":false,"stream_options":null,"model":"b/1"}"#),
        (#"{"stream":true,"model":"a"}"#, #"{"stream_options":{"include_usage":true},"stream":true,"model":"b/1"}"#),
        (#"{"stream":true,"stream_options": null ,"model":"a"}"#,
         #"{"stream":true,"stream_options": {"include_usage":true} ,"model":"b/1"}"#),
        (#"{"stream":true,"model":"a","stream_options":{ }}"#,
         #"{"stream":true,"model":"b/1","stream_options":{"include_usage":true }}"#),
        (#"{"stream":true,"model":"a","stream_options":{"include_obfuscation":false}}"#,
         #"{"stream":true,"model":"b/1","stream_options":{"include_usage":true,"include_obfuscation":false}}"#),
        (#"{"stream":true,"model":"a","stream_options":{"include_usage": false}}"#,
         #"{"stream":true,"model":"b/1","stream_options":{"include_usage": true}}"#),
        (#"{"stream":true,"model":"a","stream_options":{"include_usage":null }}"#,
         #"{"stream":true,"model":"b/1","stream_options":{"include_usage":true }}"#),
        (#"{"stream":true,"model":"a","stream_options":{"include_usage" : true}}"#,
         #"{"stream":true,"model":"b/1","stream_options":{"include_usage" : true}}"#),
    ]

    @Test("Thoughts that a provider counts beside the completion are paid for too; the total tells", arguments: [
        (#"{"prompt_tokens":32,"completion_tokens":9,"total_tokens":135,"completion_tokens_details":{"reasoning_tokens":94}}"#,
         TokenUsage(inputUncached: 32, outputText: 9, outputReasoning: 94)),
        (#"{"prompt_tokens":32,"completion_tokens":103,"total_tokens":135,"completion_tokens_details":{"reasoning_tokens":94}}"#,
         TokenUsage(inputUncached: 32, outputText: 9, outputReasoning: 94)),
        (#"{"prompt_tokens":32,"completion_tokens":9,"completion_tokens_details":{"reasoning_tokens":94}}"#,
         TokenUsage(inputUncached: 32, outputReasoning: 9)),
        (#"{"prompt_tokens":9223372036854775807,"completion_tokens":9,"total_tokens":3,"completion_tokens_details":{"reasoning_tokens":4}}"#,
         TokenUsage(inputUncached: .max, outputText: 5, outputReasoning: 4)),
    ])
    func thoughtsBeside(usage: String, expected: TokenUsage) throws {
        let body = #"{"choices":[{"message":{"content":"a"}}],"usage":\#(usage)}"#
        #expect(try OpenAIChat.decode(ByteBuffer(string: body)).usage == expected)
    }

    @Test("Only the model and the wish for usage change on the way to the provider", arguments: requests)
    func encode(sent: String, forwarded: String) throws {
        let request = try Self.request(sent)
        let call = try ChatCompletionsProvider(.openAI).call(passing: request, model: "b/1")
        #expect(String(buffer: call.body) == forwarded)
    }

    @Test("A model of the same name leaves the body as it is")
    func sameModel() throws {
        let sent = #"{ "model":"\u0061", "n":1 }"#
        let call = try ChatCompletionsProvider(.openAI).call(passing: try Self.request(sent), model: "a")
        #expect(String(buffer: call.body) == sent)
    }

    @Test("A model's name is escaped")
    func escapedModel() throws {
        let request = try Self.request(#"{"model":"a"}"#)
        let body = try ChatCompletionsProvider(.openAI).call(passing: request, model: "x\"\n").body
        #expect(String(buffer: body) == #"{"model":"x\"\n"}"#)
    }

    @Test("A whole answer is kept as it is, with what the gateway needs to know of it")
    func decode() throws {
        let body = ByteBuffer(string: """
            { "id": "x", "model": "m", "choices": [
              {"index":0,"message":{"content":"a\\u00e9","refusal":null},"finish_reason":"stop"},
              {"index":1,"message":{"content":null,"tool_calls":[{"id":"t"}]},"finish_reason":null},
              {"index":2,"message":{"refusal":"no"}}
            ], "usage": {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7}, "error": null }
            """)
        let answer = try OpenAIChat.decode(body)
        #expect(answer.json == body)
        #expect(answer.model == "m" && answer.text == "aé")
        #expect(answer.usage == TokenUsage(promptTokens: 3, completionTokens: 4))
        #expect(answer.finishReasons == ["stop", nil, nil])
        #expect(answer.hasToolCalls && answer.hasRefusal)
    }

    @Test("Calls and refusals are told from their absence", arguments: [
        (#"{"content":"a"}"#, false, false), (#"{"content":"a","tool_calls":[],"refusal":null}"#, false, false),
        (#"{"tool_calls":null,"function_call":null}"#, false, false), (#"{"tool_calls":[{}]}"#, true, false),
        (#"{"function_call":{"name":"f"}}"#, true, false), (#"{"refusal":"no"}"#, false, true),
    ])
    func flags(message: String, hasToolCalls: Bool, hasRefusal: Bool) throws {
        let answer = try OpenAIChat.decode(ByteBuffer(string: #"{"choices":[{"message":\#(message)}]}"#))
        #expect(answer.hasToolCalls == hasToolCalls && answer.hasRefusal == hasRefusal)
        #expect(answer.usage == nil && answer.model == nil)
    }

    @Test("Usage that is no pair of counts is none", arguments: [
        "null", "1", "{}", #"{"prompt_tokens":1,"completion_tokens":null}"#,
        #"{"prompt_tokens":-1,"completion_tokens":1}"#,
        #"{"prompt_tokens":1,"completion_tokens":-1}"#, #"{"prompt_tokens":1.5,"completion_tokens":1}"#,
        #"{"prompt_tokens":"1","completion_tokens":1}"#, #"{"prompt_tokens":1e99,"completion_tokens":1}"#,
    ])
    func noUsage(usage: String) throws {
        let body = ByteBuffer(string: #"{"choices":[{"message":{}}],"usage":\#(usage)}"#)
        #expect(try OpenAIChat.decode(body).usage == nil)
    }

    @Test("What was cached, heard, thought and spoken is a part of the two counts, whatever the details say", arguments: [
        // 1,000 in, 600 of them cached and 100 heard; 300 out, 200 of them thought.
        (
            #"{"cached_tokens":600,"audio_tokens":100}"#, #"{"reasoning_tokens":200,"accepted_prediction_tokens":9}"#,
            TokenUsage(inputUncached: 300, cacheRead: 600, inputAudio: 100, outputText: 100, outputReasoning: 200)
        ),
        (
            #"{"cached_tokens":100,"cache_write_tokens":200}"#, #"{"audio_tokens":300}"#,
            TokenUsage(inputUncached: 700, cacheRead: 100, cacheWrite5m: 200, outputAudio: 300)
        ),
        // More than there is.
        (
            #"{"cached_tokens":2000,"audio_tokens":5}"#, #"{"reasoning_tokens":9223372036854775807}"#,
            TokenUsage(cacheRead: 1_000, outputReasoning: 300)
        ),
        (#"{"cached_tokens":-5,"audio_tokens":"x"}"#, "null", TokenUsage(inputUncached: 1_000, outputText: 300)),
        ("[]", "7", TokenUsage(inputUncached: 1_000, outputText: 300)),
    ])
    func details(input: String, output: String, usage: TokenUsage) throws {
        let body = ByteBuffer(string: """
            {"choices":[{"message":{}}],"usage":{"prompt_tokens":1000,"completion_tokens":300,\
            "prompt_tokens_details":\(input),"completion_tokens_details":\(output)}}
            """)
        let read = try #require(try OpenAIChat.decode(body).usage)
        #expect(read == usage)
        #expect(read.promptTokens == 1_000 && read.completionTokens == 300)
    }

    @Test("What is no answer is malformed", arguments: [
        "", "{", "null", "[]", "{}", #"{"choices":null}"#, #"{"choices":{}}"#, #"{"choices":[]}"#, #"{"choices":[1]}"#,
        #"{"choices":[{}]}"#, #"{"choices":[{"message":"a"}]}"#, #"{"choices":[{"message":{}},{"message":null}]}"#,
        "<html>", #"{"choices":[{"message":{}}]} x"#,
    ])
    func malformed(body: String) {
        let failure = #expect(throws: ProviderFailure.self) { try OpenAIChat.decode(ByteBuffer(string: body)) }
        #expect(failure?.kind == .malformedAnswer)
    }

    @Test("An error under status 200 is the failure it says", arguments: [
        (#"{"error":{"code":"insufficient_quota"}}"#, .quotaGone, nil), (#"{"error":"down"}"#, .serverError, nil),
        (#"{"error":{"code":429,"message":"m"},"choices":[{"message":{}}]}"#, .rateLimited, 429),
        (#"{"error":{"code":200}}"#, .serverError, nil), (#"{"object":"error","code":404}"#, .modelNotFound, 404),
    ] as [(String, ProviderFailure.Kind, Int?)])
    func hiddenError(body: String, kind: ProviderFailure.Kind, status: Int?) {
        let failure = #expect(throws: ProviderFailure.self) { try OpenAIChat.decode(ByteBuffer(string: body)) }
        #expect(failure?.kind == kind)
        #expect(failure?.status == status)
    }

    private static func request(_ body: String) throws -> ChatRequest {
        let document = try JSONDocument(body)
        return ChatRequest(
            document: document, model: "a", isStream: document.root["stream"]?.bool ?? false,
            wantsStreamUsage: false, question: nil)
    }
}
