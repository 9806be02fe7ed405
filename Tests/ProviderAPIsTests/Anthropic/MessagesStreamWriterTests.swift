import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Streams for clients of Messages")
struct MessagesStreamWriterTests {
    @Test("A stream that passes through the hub says the same again", arguments: MessagesFixture.table)
    func again(fixture: MessagesFixture) throws {
        let events = try MessagesStream.events(fixture.stream)
        let told = MessagesStream.frames(events)
        try expectOrder(told)
        var answer = fixture.answer
        for index in answer.choices.indices {
            answer.choices[index].parts = answer.choices[index].parts.compactMap { part in
                if case .refusal(let text) = part.content { return .text(text) }
                if case .native(let native) = part.content, native.description.contains("hologram") { return nil }
                return part
            }
            if answer.choices[index].nativeFinish == "a_new_reason" {
                (answer.choices[index].finish, answer.choices[index].nativeFinish) = (.length, "max_tokens")
            }
        }
        #expect(MessagesStream.answer(try MessagesStream.events(told)) == answer)
    }

    @Test("Each frame is what the maker's clients read")
    func frames() throws {
        let usage = TokenUsage(inputUncached: 3, outputText: 4)
        let events: [AnswerEvent] = [
            .started(id: "chatcmpl-1", model: "gpt-5", created: 7), .text("", choice: 0), .text("Hel", choice: 0),
            .text("other", choice: 1), .text("lo", choice: 0),
            .toolCall(0, id: "call.1", name: "f", signature: nil, choice: 0), .toolArguments(0, "{}", choice: 0),
            .finished(.toolCalls, native: nil, stopSequence: nil, choice: 0), .usage(usage), .ended,
        ]
        let zero = #""cache_creation":{"ephemeral_1h_input_tokens":0,"ephemeral_5m_input_tokens":0},"#
            + #""cache_creation_input_tokens":0,"cache_read_input_tokens":0"#
        let expected = [
            #"message_start {"message":{"content":[],"id":"msg_1","model":"gpt-5","role":"assistant","#
                + #""stop_reason":null,"stop_sequence":null,"type":"message","usage":{\#(zero),"input_tokens":0,"#
                + #""output_tokens":0}},"type":"message_start"}"#,
            #"content_block_start {"content_block":{"text":"","type":"text"},"index":0,"type":"content_block_start"}"#,
            #"content_block_delta {"delta":{"text":"Hel","type":"text_delta"},"index":0,"type":"content_block_delta"}"#,
            #"content_block_delta {"delta":{"text":"lo","type":"text_delta"},"index":0,"type":"content_block_delta"}"#,
            #"content_block_stop {"index":0,"type":"content_block_stop"}"#,
            #"content_block_start {"content_block":{"id":"call_2e1","input":{},"name":"f","type":"tool_use"},"#
                + #""index":1,"type":"content_block_start"}"#,
            #"content_block_delta {"delta":{"partial_json":"{}","type":"input_json_delta"},"index":1,"#
                + #""type":"content_block_delta"}"#,
            #"content_block_stop {"index":1,"type":"content_block_stop"}"#,
            #"message_delta {"delta":{"stop_reason":"tool_use","stop_sequence":null},"type":"message_delta","#
                + #""usage":{\#(zero),"input_tokens":3,"output_tokens":4}}"#,
            #"message_stop {"type":"message_stop"}"#,
        ]
        #expect(try MessagesStream.lines(MessagesStream.frames(events)) == expected)
    }

    @Test("Calls whose pieces alternate come one after the other, each whole")
    func alternating() throws {
        let events: [AnswerEvent] = [
            .started(id: "1", model: "m", created: nil), .toolCall(0, id: "a", name: "f", signature: nil, choice: 0),
            .toolCall(1, id: "b", name: "g", signature: nil, choice: 0), .toolArguments(1, #"{"y":"#, choice: 0),
            .toolArguments(0, #"{"x":"}"#, choice: 0), .toolArguments(1, "2}", choice: 0),
            .toolArguments(0, #""}"#, choice: 0), .text("done", choice: 0),
            .toolCall(2, id: "c", name: "h", signature: nil, choice: 0),
            .toolCall(3, id: "d", name: "i", signature: nil, choice: 0), .toolArguments(3, "{}", choice: 0),
            .finished(.toolCalls, native: nil, stopSequence: nil, choice: 0), .ended,
        ]
        let told = MessagesStream.frames(events)
        try expectOrder(told)
        let parts = MessagesStream.answer(try MessagesStream.events(told))?.choices[0].parts
        #expect(parts == [
            ContentPart(.toolCall(ToolCall(id: "a", name: "f", arguments: #"{"x":"}"}"#))),
            ContentPart(.toolCall(ToolCall(id: "b", name: "g", arguments: #"{"y":2}"#))), .text("done"),
            ContentPart(.toolCall(ToolCall(id: "c", name: "h", arguments: "{}"))),
            ContentPart(.toolCall(ToolCall(id: "d", name: "i", arguments: "{}"))),
        ])
    }

    @Test("A call that is complete does not wait for the next one, and the next does not wait for the end")
    func noWaiting() throws {
        var encoder = AnthropicClient().stream(of: Conversation(model: "m"))
        let events: [AnswerEvent] = [
            .toolCall(0, id: "a", name: "f", signature: nil, choice: 0), .toolArguments(0, #"{"x":1}"#, choice: 0),
            .toolCall(1, id: "b", name: "g", signature: nil, choice: 0), .toolArguments(1, #"{"y""#, choice: 0),
        ]
        for event in events {
            var frames = ByteBuffer()
            encoder.encode(event, into: &frames)
            #expect(frames.readableBytes > 0, "\(event)")
        }
    }

    @Test("Trap 11: a broken stream ends with the dialect's error and without a clean end")
    func broken() throws {
        var encoder = AnthropicClient().stream(of: Conversation(model: "m"))
        var frames = ByteBuffer()
        encoder.encode(.started(id: "1", model: "m", created: nil), into: &frames)
        encoder.encode(.text("Hal", choice: 0), into: &frames)
        encoder.fail(GatewayError(.streamTruncated, "the provider's stream broke"), into: &frames)
        let lines = try MessagesStream.lines(String(buffer: frames))
        let error = #"error {"error":{"message":"the provider's stream broke","type":"api_error"},"type":"error"}"#
        #expect(lines.last == error)
        #expect(!lines.contains { $0.hasPrefix("message_stop") || $0.hasPrefix("message_delta") })
    }

    @Test("Input that was counted before the first word stands in message_start")
    func earlyUsage() throws {
        let events: [AnswerEvent] = [
            .started(id: "1", model: "m", created: nil), .usage(TokenUsage(inputUncached: 9)), .text("a", choice: 0),
        ]
        let first = try MessagesStream.lines(MessagesStream.frames(events)).first ?? ""
        #expect(first.contains(#""input_tokens":9"#))
    }

    /// The order clients rely on: one start, blocks that follow each other with rising indices, one end.
    private func expectOrder(_ frames: String) throws {
        var open: Int?
        var next = 0
        var ends: [String] = []
        for (index, line) in try MessagesStream.lines(frames).enumerated() {
            let name = String(line.prefix { $0 != " " })
            let block = try JSONDocument(String(line.dropFirst(name.utf8.count + 1))).root["index"]?.integer
            switch name {
            case "message_start": #expect(index == 0)
            case "content_block_start":
                #expect(open == nil && block == next)
                open = block
                next += 1
            case "content_block_delta": #expect(open != nil && block == open)
            case "content_block_stop":
                #expect(open != nil && block == open)
                open = nil
            default:
                #expect(open == nil)
                ends.append(name)
            }
        }
        #expect(ends == ["message_delta", "message_stop"])
    }
}
