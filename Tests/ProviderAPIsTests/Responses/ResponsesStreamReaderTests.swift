import GatewayCore
import GatewayTesting
import NIOCore
import ProviderAPIs
import Testing

@Suite("Responses streams of a provider")
struct ResponsesStreamReaderTests {
    @Test("Each stream says its events, cut at every byte", arguments: ResponsesStreamFixture.table)
    func fixtures(fixture: ResponsesStreamFixture) throws {
        #expect(try ResponsesEvents(fixture.body).events == fixture.events)
        let bytes = Array(fixture.body.utf8)
        // The decoder sees whole events alone: those are the same wherever the bytes are cut.
        let whole = try parsed([bytes])
        for pieces in ByteSplitter.everyPair(bytes) {
            #expect(try parsed(pieces) == whole, "cut at \(pieces[0].count)")
        }
        #expect(try ResponsesEvents(ByteSplitter.single(bytes)).events == fixture.events)
        let windows = fixture.body.replacing("\n", with: "\r\n")
        #expect(try ResponsesEvents(windows).events == fixture.events)
    }

    private func parsed(_ pieces: [[UInt8]]) throws -> [ServerSentEvent] {
        var parser = EventStreamParser()
        let events = try pieces.flatMap { try parser.append(ByteBuffer(bytes: $0)) }
        return events + [parser.finish()].compactMap { $0 }
    }

    @Test("Calls that run in parallel keep their own numbers (trap 1)")
    func parallel() throws {
        let answer = try #require(try ResponsesEvents(ResponsesStreamFixture.calls.body).answer)
        let calls = Message(.assistant, answer.choices[0].parts).toolCalls
        #expect(calls.map(\.id) == ["call_a", "call_b"] && calls.map(\.arguments) == ["{}", "{\"z\":1}"])
    }

    @Test(
        "A stream that is cut anywhere in front of its end is no answer (trap 11)",
        arguments: ResponsesStreamFixture.table)
    func cut(fixture: ResponsesStreamFixture) throws {
        let events = fixture.body.split(separator: "\n\n").map(String.init)
        for count in 0..<events.count {
            let body = events.prefix(count).map { $0 + "\n\n" }.joined()
            let failure = #expect(throws: ProviderFailure.self) { try ResponsesEvents(body) }
            #expect(failure?.kind == .truncated)
        }
    }

    @Test(
        "An error behind the lifecycle events fails the stream while nothing of it is content (trap 10)",
        arguments: [
            (#"{"type":"error","code":"insufficient_quota","message":"You exceeded your current quota","param":null}"#,
                ProviderFailure.Kind.quotaGone),
            (#"{"type":"error","error":{"type":"insufficient_quota","message":"m"}}"#, .quotaGone),
            (failed("rate_limit_exceeded"), .rateLimited), (failed("server_error"), .serverError),
            (failed("invalid_prompt"), .contentPolicy), (failed("image_too_small"), .badRequest),
            (failed("context_length_exceeded"), .contextTooLong),
            (#"{"type":"response.failed","response":{"id":"resp_1","status":"failed","error":null}}"#, .streamError),
            (#"{"type":"response.cancelled","response":{"id":"resp_1","status":"cancelled"}}"#, .streamError),
            (#"{"type":"error","code":null,"message":"m"}"#, .streamError),
            (#"{"error":{"message":"m","type":"server_error"}}"#, .serverError),
        ])
    func errors(line: String, kind: ProviderFailure.Kind) throws {
        var decoder = ResponsesProvider().stream()
        var parser = EventStreamParser()
        let lifecycle = ResponsesStreamFixture("", ResponsesStreamFixture.lifecycle, []).body
        for event in try parser.append(ByteBuffer(string: lifecycle)) {
            for said in try decoder.consume(event) { #expect(!said.isContent) }
        }
        let failure = #expect(throws: ProviderFailure.self) {
            try decoder.consume(ServerSentEvent(data: ByteBuffer(string: line)))
        }
        #expect(failure?.kind == kind)
    }

    private static func failed(_ code: String) -> String {
        let response = #"{"id":"resp_1","status":"failed","output":[],"error":{"code":"\#(code)","message":"m"}}"#
        return #"{"type":"response.failed","response":\#(response)}"#
    }

    @Test(
        "What is no event is malformed", arguments: ["nonsense", "7", "[]", "\"x\"", "{\"type\":"])
    func malformed(data: String) throws {
        var decoder = ResponsesProvider().stream()
        let failure = #expect(throws: ProviderFailure.self) {
            try decoder.consume(ServerSentEvent(data: ByteBuffer(string: data)))
        }
        #expect(failure?.kind == .malformedAnswer)
    }

    @Test("Nothing behind the end counts, and a [DONE] is no mistake")
    func behindTheEnd() throws {
        let body = ResponsesStreamFixture.plain.body + "data: [DONE]\n\n" + ResponsesStreamFixture.plain.body
        #expect(try ResponsesEvents(body).events == ResponsesStreamFixture.plain.events)
    }

    @Test("Numbers of any size are no trap")
    func numbers() throws {
        for number in ["-1", "1e400", "9223372036854775807", "99999999999999999999", "1.5", "null", "\"1\""] {
            let body = ResponsesStreamFixture.calls.body
                .replacing("\"output_index\":1", with: "\"output_index\":\(number)")
                .replacing("_tokens\":30", with: "_tokens\":\(number)")
            _ = try? ResponsesEvents(body)
        }
    }

    @Test("A stream with items without end is refused before it fills the memory")
    func bounded() throws {
        var decoder = ResponsesProvider().stream()
        let failure = #expect(throws: ProviderFailure.self) {
            for index in 0..<5000 {
                let line = #"{"type":"response.output_text.delta","output_index":\#(index),"delta":"a"}"#
                _ = try decoder.consume(ServerSentEvent(data: ByteBuffer(string: line)))
            }
        }
        #expect(failure?.kind == .malformedAnswer)
    }
}
