import GatewayCore
import Testing

@testable import ProviderAPIs

/// A stream of the provider, the same message without streaming, and what both mean, written side by side by hand
/// after the types of the maker's Python client 2.12.
struct MessagesFixture: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// One event's data a line.
    let lines: String
    let message: String
    let answer: Answer

    var stream: String { MessagesStream.body(lines) }

    static func answer(
        _ parts: [ContentPart], _ finish: FinishReason, native: String, stopSequence: String? = nil,
        usage: TokenUsage
    ) -> Answer {
        var choice = AnswerChoice()
        choice.parts = parts
        choice.finish = finish
        choice.nativeFinish = native
        choice.stopSequence = stopSequence
        var answer = Answer()
        answer.id = "msg_01"
        answer.model = "claude-sonnet-4-5"
        answer.choices = [choice]
        answer.usage = usage
        return answer
    }

    static let start = """
        {"type":"message_start","message":{"id":"msg_01","type":"message","role":"assistant",\
        "model":"claude-sonnet-4-5","content":[],"stop_reason":null,"stop_sequence":null,\
        "usage":{"input_tokens":25,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":1}}}
        """

    static let head = #""id":"msg_01","type":"message","role":"assistant","model":"claude-sonnet-4-5""#

    static let table = [
        plain, tools, thinking, refusal, length, stopSequence, cached, serverTool, citations, emptyInput,
    ]
}
