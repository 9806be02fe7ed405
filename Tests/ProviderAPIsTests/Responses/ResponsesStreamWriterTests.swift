import Foundation
import GatewayCore
import NIOCore
import ProviderAPIs
import Testing

@Suite("Responses streams to a client")
struct ResponsesStreamWriterTests {
    /// The data of the events, and whether each frame's name is its type and its number is its place.
    private func write(
        _ events: [AnswerEvent], request: Conversation = Conversation(model: "asked"), failing: GatewayError? = nil
    ) throws -> [JSONElement] {
        var encoder = ResponsesClient().stream(of: request)
        var frames = ByteBuffer()
        for event in events { encoder.encode(event, into: &frames) }
        if let failing { encoder.fail(failing, into: &frames) }
        var parser = EventStreamParser()
        let parsed = try parser.append(frames)
        return try parsed.enumerated().map { place, event in
            let root = try JSONDocument(event.data).root
            #expect(root["type"]?.string == event.name && root["sequence_number"]?.integer == place)
            return root
        }
    }

    private let start = AnswerEvent.started(id: "resp_x", model: "m", created: 7)
    private let end = AnswerEvent.finished(.stop, native: nil, stopSequence: nil, choice: 0)

    private func types(_ events: [JSONElement]) -> [String] {
        events.map { ($0["type"]?.string ?? "").replacing("response.", with: "") }
    }

    @Test("Text comes in the order of the reference")
    func text() throws {
        let events = try write([start, .text("He", choice: 0), .text("y", choice: 0), end, .ended])
        #expect(
            types(events) == [
                "created", "in_progress", "output_item.added", "content_part.added", "output_text.delta",
                "output_text.delta", "output_text.done", "content_part.done", "output_item.done", "completed",
            ])
        let ids = Set(events.compactMap { ($0["item_id"] ?? $0["item"]?["id"])?.string })
        #expect(ids == ["msg_x_0"])
        #expect(events[6]["text"]?.string == "Hey")
        let response = try #require(events.last?["response"])
        #expect(response["status"]?.string == "completed" && response["created_at"]?.integer == 7)
        let message = response["output"]?.elements.first { _ in true }
        #expect(message?["content"]?.elements.first { _ in true }?["text"]?.string == "Hey")
    }

    @Test("A thought, its proof and calls come in the order of the reference")
    func thoughtAndCalls() throws {
        let events = try write([
            start, .thinking("a", choice: 0), .signature("sig", choice: 0),
            .toolCall(0, id: "c0", name: "f", signature: nil, choice: 0),
            .toolCall(1, id: "c1", name: "g", signature: nil, choice: 0), .toolArguments(1, "{}", choice: 0),
            .toolArguments(0, "{\"a\":1}", choice: 0),
            .finished(.toolCalls, native: nil, stopSequence: nil, choice: 0),
            .usage(TokenUsage(inputUncached: 1, outputText: 2)), .ended,
        ])
        #expect(
            types(events) == [
                "created", "in_progress", "output_item.added", "reasoning_summary_part.added",
                "reasoning_summary_text.delta", "reasoning_summary_text.done", "reasoning_summary_part.done",
                "output_item.done", "output_item.added", "output_item.added", "function_call_arguments.delta",
                "function_call_arguments.delta", "function_call_arguments.done", "output_item.done",
                "function_call_arguments.done", "output_item.done", "completed",
            ])
        let output = events.last?["response"]?["output"]?.elements.map { $0 } ?? []
        #expect(output.map { $0["type"]?.string } == ["reasoning", "function_call", "function_call"])
        #expect(output.map { $0["arguments"]?.string } == [nil, "{\"a\":1}", "{}"])
        #expect(output.first?["encrypted_content"]?.string?.hasPrefix("refrain1.") == true)
        #expect(events.last?["response"]?["usage"]?["total_tokens"]?.integer == 3)
        #expect(events[10]["output_index"]?.integer == 2 && events[11]["output_index"]?.integer == 1)
    }

    @Test("A refusal has its own part, and a call without arguments its end alone")
    func refusal() throws {
        let events = try write([
            start, .text("a", choice: 0), .refusal("no", choice: 0),
            .toolCall(0, id: "c", name: "f", signature: "s", choice: 0), end, .ended,
        ])
        #expect(
            types(events) == [
                "created", "in_progress", "output_item.added", "content_part.added", "output_text.delta",
                "output_text.done", "content_part.done", "content_part.added", "refusal.delta", "refusal.done",
                "content_part.done", "output_item.done", "output_item.added", "output_item.done", "output_item.added",
                "function_call_arguments.done", "output_item.done", "completed",
            ])
        #expect(events[8]["content_index"]?.integer == 1)
    }

    @Test(
        "An answer that broke off is incomplete, and so is its last item",
        arguments: [(FinishReason.length, "max_output_tokens"), (.contentFilter, "content_filter")])
    func incomplete(reason: FinishReason, word: String) throws {
        let events = try write([
            start, .text("a", choice: 0), .finished(reason, native: nil, stopSequence: nil, choice: 0), .ended,
        ])
        let response = try #require(events.last?["response"])
        #expect(types(events).last == "incomplete" && response["status"]?.string == "incomplete")
        #expect(response["incomplete_details"]?["reason"]?.string == word)
        #expect(response["output"]?.elements.first { _ in true }?["status"]?.string == "incomplete")
    }

    @Test("A stream that breaks fails, and has no clean end (trap 11)")
    func broken() throws {
        let error = GatewayError(.streamTruncated, "the provider's stream ended early")
        let events = try write([start, .text("a", choice: 0)], failing: error)
        let response = try #require(events.last?["response"])
        #expect(types(events).last == "failed" && !types(events).contains("completed"))
        #expect(response["status"]?.string == "failed" && response["error"]?["code"]?.string == "server_error")
        #expect(response["error"]?["message"]?.string == error.message)
        let limited = try write([start], failing: GatewayError(.rateLimited, "later"))
        #expect(limited.last?["response"]?["error"]?["code"]?.string == "rate_limit_exceeded")
        let early = try write([], failing: error)
        #expect(types(early) == ["created", "in_progress", "failed"])
    }

    @Test("A stream without an answer still has its beginning and its end; other choices have no place")
    func empty() throws {
        #expect(types(try write([.ended])) == ["created", "in_progress", "incomplete"])
        let other = try write([start, .text("b", choice: 1), .text("", choice: 0), end, .ended])
        #expect(types(other) == ["created", "in_progress", "completed"])
    }

    @Test("An answer beyond the limit is told no further, has no end, and can fail")
    func limit() throws {
        var encoder = ResponsesStreamWriter(request: Conversation(model: "m"), limit: 1000)
        var frames = ByteBuffer()
        for _ in 0..<100 { encoder.encode(.text("0123456789", choice: 0), into: &frames) }
        encoder.encode(.ended, into: &frames)
        #expect(encoder.isOverfull && !String(buffer: frames).contains("event: response.failed\n"))
        encoder.fail(GatewayError(.streamTruncated, "too large"), into: &frames)
        let text = String(buffer: frames)
        #expect(text.contains("event: response.failed\n") && !text.contains("event: response.completed\n"))
        // 74 bytes are counted for each event.
        #expect(text.components(separatedBy: "event: response.output_text.delta\n").count == 14)
    }

    @Test("Line breaks in what the client sent do not cut a frame")
    func lines() throws {
        let request = try ResponsesRequestTests.read(
            #"{"model":"m","input":"x","tools":[{"type":"function","name":"f","parameters":{"# + "\n\"a\":1\r\n}}]}")
        let events = try write([start, end, .ended], request: request)
        #expect(types(events).count == 3)
    }
}
