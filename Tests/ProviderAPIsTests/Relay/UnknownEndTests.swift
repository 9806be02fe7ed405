import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Answers that end for a reason nobody knows")
struct UnknownEndTests {
    private static let chat = #"{"choices":[{"message":{"content":"half"},"finish_reason":"!"}]}"#
    private static let message = #"{"type":"message","content":[{"type":"text","text":"half"}],"stop_reason":"!"}"#
    private static let gemini = #"{"candidates":[{"content":{"parts":[{"text":"half"}]},"finishReason":"!"}]}"#
    private static let bedrock = #"{"output":{"message":{"content":[{"text":"half"}]}},"stopReason":"!"}"#
    private static let response =
        #"{"status":"incomplete","output":[{"type":"message","content":[{"type":"output_text","text":"half"}]}],"#
        + #""incomplete_details":{"reason":"!"}}"#

    private func answer(_ api: ProviderAPI, _ body: String, _ reason: String) throws -> Answer {
        var target = Target(
            deployment: DeploymentID("p/m"), baseURL: "http://a", keys: nil, model: "m", deadlines: CallDeadlines(),
            allowsPrivateAddresses: true)
        target.api = api
        return try ProviderDialects.dialect(of: target).answer(ByteBuffer(string: body.replacing("!", with: reason)))
    }

    @Test("are never kept, and told to every client as answers that broke off", arguments: [
        (ProviderAPI.compatible, chat, "insufficient_system_resource"), (.compatible, chat, "error"),
        (.anthropic, message, "of_tomorrow"), (.gemini, gemini, "OTHER"), (.gemini, gemini, "LANGUAGE"),
        (.bedrock, bedrock, "of_tomorrow"), (.responses, response, "max_messages"),
    ])
    func told(api: ProviderAPI, body: String, reason: String) throws {
        let answer = try answer(api, body, reason)
        #expect(answer.choices.first?.finish == .other(reason))
        #expect(ChatAnswer(answer).finishReasons == [reason])
        let request = Conversation(model: "m")
        let chat = try JSONDocument(ChatCompletionsClient().body(of: answer, to: request)).root["choices"]
        #expect(chat?.elements.map { $0["finish_reason"]?.string } == ["length"])
        #expect(chat?.elements.map { $0["native_finish_reason"]?.string } == [reason])
        let message = try JSONDocument(AnthropicClient().body(of: answer, to: request)).root
        #expect(message["stop_reason"]?.string == "max_tokens")
        let response = try JSONDocument(ResponsesClient().body(of: answer, to: request)).root
        #expect(response["status"]?.string == "incomplete")
        // The form that is stored says the same once more.
        let again = try ChatAnswerReader.read(ChatAnswer(answer).json)
        #expect(again.choices.first?.finish == .length)
    }

    @Test("Words of engines behind servers of OpenAI's dialect are known", arguments: [
        ("eos", FinishReason.stop), ("eos_token", .stop), ("stop_sequence", .stop), ("model_length", .length),
        ("function_call", .toolCalls), ("stop", .stop), ("tool_calls", .toolCalls),
    ])
    func engines(word: String, finish: FinishReason) throws {
        #expect(try answer(.compatible, Self.chat, word).choices.first?.finish == finish)
    }

    @Test("A turn that pauses goes on for clients of its own dialect, and is kept by nobody")
    func pauses() throws {
        let answer = try answer(.anthropic, Self.message, "pause_turn")
        #expect(ChatAnswer(answer).finishReasons == ["pause_turn"])
        let message = try JSONDocument(AnthropicClient().body(of: answer, to: Conversation(model: "m"))).root
        #expect(message["stop_reason"]?.string == "pause_turn")
    }

    @Test("A stream whose [DONE] comes without a reason is not whole, as none is without both")
    func unfinished() throws {
        let half = ServerSentEvent(data: ByteBuffer(string: #"{"choices":[{"delta":{"content":"half"}}]}"#))
        let done = ServerSentEvent(data: ByteBuffer(string: "[DONE]"))
        var reader = ChatStreamReader()
        _ = try reader.consume(half)
        var failure = #expect(throws: ProviderFailure.self) { try reader.consume(done) }
        #expect(failure?.kind == .truncated)
        reader = ChatStreamReader()
        _ = try reader.consume(half)
        failure = #expect(throws: ProviderFailure.self) { try reader.finish() }
        #expect(failure?.kind == .truncated)
    }

    @Test("A response without an end of its answer is no completed one, whole or streamed")
    func unended() throws {
        var answer = Answer()
        answer.choices = [AnswerChoice()]
        answer.choices[0].parts = [.text("half")]
        let body = try JSONDocument(ResponsesClient().body(of: answer, to: Conversation(model: "m"))).root
        #expect(body["status"]?.string == "incomplete")
        var frames = ByteBuffer()
        var encoder = ResponsesStreamWriter(request: Conversation(model: "m"))
        for event in answer.events(piece: nil) { encoder.encode(event, into: &frames) }
        #expect(String(buffer: frames).contains("event: response.incomplete\n"))
    }
}
