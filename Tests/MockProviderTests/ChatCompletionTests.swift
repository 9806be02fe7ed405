import MockProvider
import Testing

@Suite("Chat completions", .timeLimit(.minutes(1)))
struct ChatCompletionTests {
    @Test("A whole answer has every member that OpenAI's has, and its usage adds up")
    func whole() async throws {
        try await MockFixture.run { mock in
            let response = try await mock.post(MockFixture.body("Where is my parcel?"))
            let completion: CompletionWire = try response.decoded()
            let choice = try #require(completion.choices.first)
            #expect(response.status == 200)
            #expect(response.headers["content-type"] == "application/json")
            #expect(response.isWhole && response.rest.isEmpty)
            #expect(completion.object == "chat.completion")
            #expect(completion.id.hasPrefix("chatcmpl-"))
            #expect(completion.model == "gpt-4o")
            #expect(completion.created > 1_700_000_000)
            #expect(completion.choices.count == 1 && choice.index == 0)
            #expect(choice.message.role == "assistant" && choice.finish_reason == "stop")
            #expect(choice.message.content?.hasPrefix("You asked: Where is my parcel?") == true)
            #expect(choice.message.content?.split(separator: " ").count == 32)
            // 19 bytes of question, four to a token.
            #expect(completion.usage == UsageWire(prompt_tokens: 5, completion_tokens: 32, total_tokens: 37))
            #expect(response.text.contains(#""refusal":null"#))
        }
    }

    @Test("A stream carries role, one token a frame, finish reason and [DONE], and makes up the whole answer")
    func streamed() async throws {
        try await MockFixture.run({ $0.behavior.answerTokens = 7 }) { mock in
            let whole: CompletionWire = try await mock.post(MockFixture.body("hello there")).decoded()
            let response = try await mock.post(MockFixture.body("hello there", #","stream":true"#))
            let chunks = try response.chunks()
            #expect(response.headers["content-type"]?.hasPrefix("text/event-stream") == true)
            #expect(response.isWhole && response.events.last == "[DONE]")
            #expect(chunks.count == 9)
            #expect(Set(chunks.map(\.id)).count == 1 && Set(chunks.map(\.created)).count == 1)
            #expect(chunks.allSatisfy { $0.object == "chat.completion.chunk" && $0.model == "gpt-4o" })
            #expect(chunks.first?.choices.first?.delta.role == "assistant")
            #expect(chunks.dropFirst().allSatisfy { $0.choices.first?.delta.role == nil })
            #expect(chunks.compactMap { $0.choices.first?.finish_reason } == ["stop"])
            let text = chunks.compactMap { $0.choices.first?.delta.content }.joined()
            #expect(text == whole.choices.first?.message.content)
            #expect(!response.text.contains("usage"))
        }
    }

    @Test("Usage comes in one more chunk without choices, and only if asked for")
    func streamedUsage() async throws {
        try await MockFixture.run({ $0.behavior.answerTokens = 3 }) { mock in
            let more = #","stream":true,"stream_options":{"include_usage":true}"#
            let response = try await mock.post(MockFixture.body("hello", more))
            let chunks = try response.chunks()
            #expect(chunks.last?.choices.isEmpty == true)
            #expect(chunks.last?.usage == UsageWire(prompt_tokens: 2, completion_tokens: 3, total_tokens: 5))
            #expect(chunks.dropLast().allSatisfy { $0.usage == nil })
            #expect(response.events.dropLast(2).allSatisfy { $0.contains(#""usage":null"#) })
        }
    }

    @Test("The same request gets the same text from two mocks, another question or model another one")
    func deterministic() async throws {
        var texts: [String?] = []
        for _ in 0..<2 {
            try await MockFixture.run { mock in
                for body in [
                    MockFixture.body("one"), MockFixture.body("two"),
                    #"{"messages":[{"role":"user","content":"one"}],"model":"other"}"#,
                ] {
                    let completion: CompletionWire = try await mock.post(body).decoded()
                    texts.append(completion.choices.first?.message.content)
                }
            }
        }
        #expect(Array(texts[..<3]) == Array(texts[3...]))
        #expect(Set(texts).count == 3)
    }

    @Test("A token limit cuts the answer and says so", arguments: ["max_tokens", "max_completion_tokens"])
    func limited(field: String) async throws {
        try await MockFixture.run { mock in
            let response = try await mock.post(MockFixture.body("hello", #","\#(field)":4"#))
            let completion: CompletionWire = try response.decoded()
            #expect(completion.choices.first?.finish_reason == "length")
            #expect(completion.usage.completion_tokens == 4)
        }
    }

    @Test("The last user message counts, text parts of it too")
    func lastUserMessage() async throws {
        try await MockFixture.run { mock in
            let body = #"""
                {"model":"m","messages":[{"role":"system","content":"s"},{"role":"user","content":"first"},
                {"role":"user","content":[{"type":"text","text":"look"},{"type":"image_url","image_url":{"url":"x"}},
                {"type":"text","text":"here"}]},{"role":"assistant","content":null,"tool_calls":[]}]}
                """#
            let completion: CompletionWire = try await mock.post(body).decoded()
            #expect(completion.choices.first?.message.content?.hasPrefix("You asked: look here (") == true)
        }
    }

    @Test("Quotes, controls and characters outside ASCII come back as they were sent")
    func escapes() async throws {
        try await MockFixture.run { mock in
            let body = #"{"model":"a\"\\\u0001b","messages":[{"role":"user","content":"\u00fc \ud83d\ude00 \"q\""}]}"#
            let completion: CompletionWire = try await mock.post(body).decoded()
            #expect(completion.model == "a\"\\\u{1}b")
            #expect(completion.choices.first?.message.content?.hasPrefix("You asked: ü 😀 \"q\" (") == true)
        }
    }

    @Test("GET /v1/models lists what the configuration names")
    func models() async throws {
        try await MockFixture.run({ $0.models = ["a", "b"] }) { mock in
            let models: ModelsWire = try await mock.get("/v1/models").decoded()
            #expect(models.object == "list")
            #expect(models.data.map(\.id) == ["a", "b"])
            #expect(models.data.allSatisfy { $0.object == "model" && $0.created > 0 })
        }
    }
}
