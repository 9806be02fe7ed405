import Foundation
import MockProvider
import Testing

/// What the SDK does not show: the bytes of events, and what OpenAI refuses.
@Suite("OpenAI's Responses", .timeLimit(.minutes(1)))
struct ResponsesTests {
    private struct Event: Decodable {
        let type: String
        let sequence_number: Int
    }

    private func post(_ body: String, _ knobs: [String: String] = [:]) async throws -> RawResponse {
        var response = RawResponse([])
        try await MockFixture.run { mock in
            response = try await mock.post(body, path: "/v1/responses", headers: knobs)
        }
        return response
    }

    private func events(_ response: RawResponse) throws -> [Event] {
        try response.text.components(separatedBy: "\n\n").dropLast().map { text in
            let lines = text.split(separator: "\n")
            let event = try JSONDecoder().decode(Event.self, from: Data(lines[1].dropFirst("data: ".count).utf8))
            #expect(lines.count == 2 && lines[0] == "event: \(event.type)")
            return event
        }
    }

    @Test("The events of an answer with a thought come in the published order, numbered from 0")
    func order() async throws {
        let body = #"{"model":"m","input":"q","stream":true,"reasoning":{"summary":"auto"}}"#
        let response = try await post(body, ["x-mock-answer": "Yes.", "x-mock-thinking-tokens": "1"])
        let events = try events(response)
        #expect(events.map(\.sequence_number) == Array(0..<events.count))
        #expect(events.map(\.type) == [
            "response.created", "response.in_progress", "response.output_item.added",
            "response.reasoning_summary_part.added", "response.reasoning_summary_text.delta",
            "response.reasoning_summary_text.done", "response.reasoning_summary_part.done",
            "response.output_item.done", "response.output_item.added", "response.content_part.added",
            "response.output_text.delta", "response.output_text.done", "response.content_part.done",
            "response.output_item.done", "response.completed",
        ])
        #expect(!response.text.contains("[DONE]"))
    }

    @Test("An error behind the lifecycle is numbered on, and the failed response follows it", arguments: [
        (["x-mock-error-after-lifecycle": "1"], [0, 1, 2, 3, 4, 5]), (["x-mock-error-frame": "2"], [0, 1, 2]),
    ])
    func failing(_ knobs: [String: String], _ numbers: [Int]) async throws {
        let response = try await post(#"{"model":"m","input":"q","stream":true}"#, knobs)
        let events = try events(response)
        #expect(events.map(\.sequence_number) == numbers)
        #expect(events.suffix(2).map(\.type) == ["error", "response.failed"] && response.isWhole)
    }

    @Test("What OpenAI refuses is refused, with the field", arguments: [
        (#"{"input":"q"}"#, "model"), (#"{"model":"m"}"#, "input"), (#"{"model":"m","input":[]}"#, "input"),
        (#"{"model":"m","input":7}"#, "input"),
        (#"{"model":"m","input":"q","max_output_tokens":15}"#, "max_output_tokens"),
        (#"{"model":"m","input":"q","previous_response_id":"r"}"#, "previous_response_id"),
        (#"{"model":"m","input":[{"role":"user"}]}"#, "input[0].content"),
        (#"{"model":"m","input":[{"content":"q"}]}"#, "input[0].role"),
        (#"{"model":"m","input":[{"role":"user","content":[{"type":"text","text":"q"}]}]}"#, "input[0].content[0].type"),
        (
            #"{"model":"m","input":[{"type":"function_call","call_id":"c","name":"f","arguments":"{"}]}"#,
            "input[0].arguments"
        ),
        (#"{"model":"m","input":[{"type":"function_call","call_id":"c","name":"f","arguments":"{}"}]}"#, "input"),
        (#"{"model":"m","input":[{"type":"function_call_output","call_id":"c","output":"x"}]}"#, "input"),
        (#"{"model":"m","input":"q","tools":[{"type":"function"}]}"#, "tools[0].name"),
        (#"{"model":"m","input":"q","text":{"format":{"type":"json_schema","name":"n"}}}"#, "text.format.schema"),
        (#"{"model":"m","input":"q","tool_choice":"maybe"}"#, "tool_choice"),
        (#"{"model":"gpt-5","input":"q","temperature":0.5}"#, "temperature"),
        (#"{"model":"gpt-6","input":"q","reasoning":{"effort":"none"},"top_logprobs":2}"#, "top_logprobs"),
    ])
    func refused(_ body: String, _ param: String) async throws {
        let response = try await post(body)
        let error: ErrorWire = try response.decoded()
        #expect(response.status == 400 && error.error.type == "invalid_request_error")
        #expect(error.error.param == param, "\(error.error.message)")
    }
}
