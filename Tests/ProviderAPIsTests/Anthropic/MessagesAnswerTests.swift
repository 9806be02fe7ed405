import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Whole messages")
struct MessagesAnswerTests {
    @Test("A message means what its stream means", arguments: MessagesFixture.table)
    func read(fixture: MessagesFixture) throws {
        #expect(try AnthropicProvider().answer(ByteBuffer(string: fixture.message)) == fixture.answer)
    }

    @Test("What was read is written as it was, but for what nobody knows", arguments: MessagesFixture.table)
    func writtenAgain(fixture: MessagesFixture) throws {
        let written = AnthropicClient().body(of: fixture.answer, to: Conversation(model: "m"))
        let again = try AnthropicProvider().answer(written)
        var expected = fixture.answer
        for index in expected.choices.indices {
            // A refusal's reason becomes its text; a block of a later version is left out, and its reason is told as
            // that of an answer that broke off.
            expected.choices[index].parts = expected.choices[index].parts.compactMap { part in
                if case .refusal(let text) = part.content { return .text(text) }
                if case .native(let native) = part.content, native.description.contains("hologram") { return nil }
                return part
            }
            if fixture.answer.choices[index].nativeFinish == "a_new_reason" {
                (expected.choices[index].finish, expected.choices[index].nativeFinish) = (.length, "max_tokens")
            }
        }
        #expect(again == expected)
    }

    @Test("A message has the members that the maker's clients rely on")
    func shape() throws {
        var choice = AnswerChoice()
        choice.parts = [.text("Hi"), ContentPart(.toolCall(ToolCall(id: "call_1", name: "f", arguments: "")))]
        choice.finish = .stop
        var answer = Answer()
        answer.id = "chatcmpl-7"
        answer.model = "gpt-5"
        answer.serviceTier = "default"
        answer.choices = [choice]
        answer.usage = TokenUsage(
            inputUncached: 1, cacheRead: 2, cacheWrite5m: 3, cacheWrite1h: 4, inputAudio: 5, outputText: 6,
            outputReasoning: 7, outputAudio: 8)
        // A provider that says "stop" although it calls a tool would leave the client waiting.
        let expected = """
            {"id":"msg_7","type":"message","role":"assistant","model":"gpt-5","content":[
            {"type":"text","text":"Hi"},{"type":"tool_use","id":"call_1","name":"f","input":{}}],
            "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":6,"cache_creation_input_tokens":7,
            "cache_read_input_tokens":2,"cache_creation":{"ephemeral_5m_input_tokens":3,"ephemeral_1h_input_tokens":4},
            "output_tokens":21,"output_tokens_details":{"thinking_tokens":7},"service_tier":"standard"}}
            """
        let body = AnthropicClient().body(of: answer, to: Conversation(model: "m"))
        #expect(try Canonical.text(body) == Canonical.text(expected))
    }

    @Test("Reasons of other dialects become this one's", arguments: [
        (FinishReason.stop, "end_turn"), (.length, "max_tokens"), (.toolCalls, "tool_use"),
        (.contentFilter, "refusal"), (.other("SAFETY"), "max_tokens"),
    ])
    func reasons(finish: FinishReason, word: String) throws {
        var answer = MessagesFixture.plain.answer
        answer.choices[0].finish = finish
        answer.choices[0].nativeFinish = "SAFETY"
        let body = AnthropicClient().body(of: answer, to: Conversation(model: "m"))
        #expect(try JSONDocument(body).root["stop_reason"]?.string == word)
    }

    @Test("Arguments that are no object are told as what they are")
    func brokenArguments() throws {
        var answer = MessagesFixture.tools.answer
        answer.choices[0].parts = [ContentPart(.toolCall(ToolCall(id: "a", name: "f", arguments: #"{"x": "#)))]
        let root = try JSONDocument(AnthropicClient().body(of: answer, to: Conversation(model: "m"))).root
        var blocks = root["content"]?.elements
        #expect(blocks?.next()?["input"]?["INVALID_JSON"]?.string == #"{"x": "#)
    }

    @Test("A client that wants no thoughts gets the signatures alone, whole and in a stream")
    func hiddenThoughts() throws {
        var request = Conversation(model: "m")
        request.reasoning = ReasoningRequest(isShown: false)
        var answer = MessagesFixture.thinking.answer
        answer.choices[0].parts.append(ContentPart(.thinking("unsigned", signature: nil)))
        let body = String(buffer: AnthropicClient().body(of: answer, to: request))
        #expect(!body.contains("Let me") && !body.contains("unsigned") && body.contains("EqQB+/="))
        let events = try MessagesStream.events(MessagesFixture.thinking.stream)
        let frames = MessagesStream.frames(events, request: request)
        #expect(!frames.contains("Let me") && frames.contains("EqQB+/="))
    }

    @Test("An error under status 200, and what is no message, are failures", arguments: [
        (#"{"type":"error","error":{"type":"overloaded_error","message":"m"}}"#, ProviderFailure.Kind.overloaded),
        (#"{"type":"message"}"#, .malformedAnswer), ("[]", .malformedAnswer), ("<html>", .malformedAnswer),
    ])
    func noMessage(body: String, kind: ProviderFailure.Kind) {
        #expect { try AnthropicProvider().answer(ByteBuffer(string: body)) } throws: { error in
            (error as? ProviderFailure)?.kind == kind
        }
    }
}
