import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Refusals that come as answers")
struct WithheldAnswerTests {
    private static func kind(
        _ parts: [ContentPart.Content], _ finish: FinishReason?, _ native: String?
    ) -> ProviderFailure.Kind? {
        var choice = AnswerChoice()
        choice.parts = parts.map { ContentPart($0) }
        (choice.finish, choice.nativeFinish) = (finish, native)
        var answer = Answer()
        answer.choices = [choice]
        return ChatAnswer(answer).withheld?.kind
    }

    @Test("Without text and calls they are what they would be as errors")
    func withheld() {
        #expect(Self.kind([], .contentFilter, "refusal") == .contentPolicy)
        #expect(Self.kind([.text("")], .contentFilter, "SAFETY") == .contentPolicy)
        #expect(Self.kind([.refusal("Not this.")], .contentFilter, "PROHIBITED_CONTENT") == .contentPolicy)
        #expect(Self.kind([.thinking("Hm.", signature: nil)], .contentFilter, nil) == .contentPolicy)
        #expect(Self.kind([], .length, "model_context_window_exceeded") == .contextTooLong)
    }

    @Test("With anything for the client, or for another reason, they are answers")
    func answers() {
        let call = ToolCall(id: "c", name: "f", arguments: "{}")
        #expect(Self.kind([.text("Well")], .contentFilter, "refusal") == nil)
        #expect(Self.kind([.toolCall(call)], .contentFilter, nil) == nil)
        #expect(Self.kind([.native(.emptyObject)], .contentFilter, nil) == nil)
        #expect(Self.kind([.text("Well")], .length, "model_context_window_exceeded") == nil)
        #expect(Self.kind([], .length, "max_tokens") == nil)
        #expect(Self.kind([], .stop, nil) == nil)
        #expect(Self.kind([.refusal("I cannot.")], .stop, nil) == nil)
    }

    @Test("What Gemini says of a prompt that it blocks comes with the end: until then another target may answer")
    func blockedPrompt() throws {
        let text = #"{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT","blockReasonMessage":"Not this."}}"#
        var decoder = GeminiStreamDecoder()
        let said = try decoder.consume(ServerSentEvent(data: ByteBuffer(string: text)))
        #expect(said.filter(\.isContent).isEmpty)
        let last = try decoder.finish()
        #expect(last.first == .refusal("Not this.", choice: 0) && last.last == .ended)
    }
}
