import MockProvider
import Testing

@Suite("Answer knobs", .timeLimit(.minutes(1)))
struct AnswerKnobTests {
    @Test("A given text is answered word for word, whole and streamed", arguments: ["Yes.", " two  spaces ", "ä b"])
    func text(_ answer: String) async throws {
        try await MockFixture.run({ $0.behavior.answer = answer }) { mock in
            let whole: CompletionWire = try await mock.post(MockFixture.body("q")).decoded()
            #expect(whole.choices.first?.message.content == answer)
            let chunks = try await mock.post(MockFixture.body("q", #","stream":true"#)).chunks()
            #expect(chunks.compactMap { $0.choices.first?.delta.content }.joined() == answer)
        }
    }

    @Test("Length and text can be set for one request by header")
    func headers() async throws {
        try await MockFixture.run { mock in
            let long: CompletionWire = try await mock.post(
                MockFixture.body("q"), headers: ["X-Mock-Answer-Tokens": "500"]
            ).decoded()
            #expect(long.usage.completion_tokens == 500)
            let given: CompletionWire = try await mock.post(
                MockFixture.body("q"), headers: ["x-mock-answer": "it is so"]
            ).decoded()
            #expect(given.choices.first?.message.content == "it is so")
            let plain: CompletionWire = try await mock.post(MockFixture.body("q")).decoded()
            #expect(plain.usage.completion_tokens == 32)
        }
    }

    @Test("The finish reason can be overridden in both forms", arguments: ["length", "content_filter"])
    func finishReason(_ reason: String) async throws {
        try await MockFixture.run { mock in
            let headers = ["x-mock-finish-reason": reason]
            let whole: CompletionWire = try await mock.post(MockFixture.body("q"), headers: headers).decoded()
            #expect(whole.choices.first?.finish_reason == reason)
            let chunks = try await mock.post(MockFixture.body("q", #","stream":true"#), headers: headers).chunks()
            #expect(chunks.compactMap { $0.choices.first?.finish_reason } == [reason])
        }
    }

    @Test("A tool call is answered whole and in fragments that join to the same arguments")
    func toolCall() async throws {
        let arguments = #"{"city": "New York", "days": 2}"#
        try await MockFixture.run { mock in
            let headers = ["x-mock-tool-call": "weather", "x-mock-tool-arguments": arguments]
            let whole: CompletionWire = try await mock.post(MockFixture.body("q"), headers: headers).decoded()
            let choice = try #require(whole.choices.first)
            #expect(choice.finish_reason == "tool_calls" && choice.message.content == nil)
            #expect(choice.message.tool_calls?.first?.function.name == "weather")
            #expect(choice.message.tool_calls?.first?.function.arguments == arguments)
            #expect(choice.message.tool_calls?.first?.type == "function")

            let chunks = try await mock.post(MockFixture.body("q", #","stream":true"#), headers: headers).chunks()
            let calls = chunks.compactMap { $0.choices.first?.delta.tool_calls?.first }
            #expect(calls.allSatisfy { $0.index == 0 })
            #expect(calls.compactMap(\.function.name) == ["weather"] && calls.compactMap(\.id).count == 1)
            #expect(calls.map(\.function.arguments).joined() == arguments)
            #expect(chunks.compactMap { $0.choices.first?.finish_reason } == ["tool_calls"])
        }
    }
}
