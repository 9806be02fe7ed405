import GatewayCore
import GatewayTesting
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Streams of Messages")
struct MessagesStreamReaderTests {
    @Test("A stream means what its fixture says, cut at every byte", arguments: MessagesFixture.table)
    func everySplit(fixture: MessagesFixture) throws {
        let bytes = Array(fixture.stream.utf8)
        let whole = try MessagesStream.events(fixture.stream)
        #expect(MessagesStream.answer(whole) == fixture.answer)
        #expect(whole.last == .ended)
        #expect(try MessagesStream.events(ByteSplitter.single(bytes)) == whole)
        // The decoder sees whole events alone: that these are the same is all there is to see.
        let framed = try MessagesStream.framed([bytes])
        for pieces in ByteSplitter.everyPair(bytes) { #expect(try MessagesStream.framed(pieces) == framed) }
    }

    @Test("Line ends of any kind and a missing last line make no difference", arguments: ["\r\n", "\r"])
    func lineEnds(end: String) throws {
        for fixture in MessagesFixture.table {
            let body = String(fixture.stream.replacing("\n", with: end).dropLast(1))
            #expect(try MessagesStream.events(body) == MessagesStream.events(fixture.stream))
        }
    }

    @Test("Trap 1: parallel calls count from 0, whatever the indices of their blocks")
    func parallelCalls() throws {
        let numbers = try MessagesStream.events(MessagesFixture.tools.stream).compactMap { event -> Int? in
            if case .toolCall(let number, _, _, _, _) = event { number } else { nil }
        }
        #expect(numbers == [0, 1])
    }

    @Test("Trap 8: usage in message_delta takes the place of what was told, and adds nothing")
    func usageIsSet() throws {
        let told = try MessagesStream.events(MessagesFixture.cached.stream).compactMap { event -> TokenUsage? in
            if case .usage(let usage) = event { usage } else { nil }
        }
        #expect(told.map(\.completionTokens) == [2, 7, 8])
        #expect(told.map(\.promptTokens) == [4310, 4310, 4310])
    }

    @Test("Trap 10: an error inside a stream is one, by its type", arguments: [
        ("overloaded_error", ProviderFailure.Kind.overloaded), ("rate_limit_error", .rateLimited),
        ("api_error", .serverError), ("timeout_error", .timeout), ("authentication_error", .auth),
        ("billing_error", .quotaGone), ("not_found_error", .modelNotFound), ("unheard_of_error", .streamError),
    ])
    func errorInside(type: String, kind: ProviderFailure.Kind) {
        let body = MessagesStream.body(
            """
            \(MessagesFixture.start)
            {"type":"error","error":{"type":"\(type)","message":"Not now"},"request_id":"req_1"}
            """)
        #expect(failure(of: body)?.kind == kind)
        #expect(failure(of: body)?.message == "Not now")
    }

    @Test("Trap 11: a stream that is cut anywhere is no clean end", arguments: MessagesFixture.table)
    func cut(fixture: MessagesFixture) {
        let lines = fixture.lines.split(separator: "\n")
        for count in 0..<lines.count {
            let body = MessagesStream.body(lines.prefix(count).joined(separator: "\n"))
            #expect(failure(of: body)?.kind == .truncated, "\(count) lines")
        }
    }

    @Test("A server that begins with its first block is begun all the same")
    func noStart() throws {
        let lines = MessagesFixture.plain.lines.split(separator: "\n").dropFirst().joined(separator: "\n")
        let events = try MessagesStream.events(MessagesStream.body(lines))
        #expect(events.first == .started(id: nil, model: nil, created: nil))
        #expect(MessagesStream.answer(events)?.choices == MessagesFixture.plain.answer.choices)
    }

    @Test("An end without a reason is no clean end")
    func noReason() {
        #expect(
            failure(of: MessagesStream.body("\(MessagesFixture.start)\n{\"type\":\"message_stop\"}"))?.kind
                == .truncated)
    }

    @Test("Events that are no JSON or no object are malformed", arguments: ["{", "[]", "7", "word"])
    func malformed(data: String) {
        #expect(failure(of: "event: ping\ndata: \(data)\n\n")?.kind == .malformedAnswer)
    }

    @Test("A mark of another dialect behind the end, and comments, are skipped")
    func strayMarks() throws {
        let body = ": hello\n\n" + MessagesFixture.plain.stream + "data: [DONE]\n\n" + MessagesFixture.plain.stream
        #expect(MessagesStream.answer(try MessagesStream.events(body)) == MessagesFixture.plain.answer)
    }

    @Test("Counts that no number holds saturate, and those below 0 are 0")
    func hugeCounts() throws {
        let lines = MessagesFixture.plain.lines
            .replacing(#""input_tokens":25"#, with: #""input_tokens":1e400"#)
            .replacing(#""output_tokens":15"#, with: #""output_tokens":-3"#)
            .replacing(#"creation_input_tokens":0"#, with: #"creation_input_tokens":99999999999999999999"#)
        let usage = MessagesStream.answer(try MessagesStream.events(MessagesStream.body(lines)))?.usage
        #expect(usage?.promptTokens == .max && usage?.completionTokens == 0)
    }

    @Test("Blocks without end and native blocks without measure fail instead of filling memory")
    func bounds() {
        let open = (0..<2000).map {
            #"{"type":"content_block_start","index":\#($0),"content_block":{"type":"text","text":""}}"#
        }
        #expect(failure(of: MessagesStream.body(open.joined(separator: "\n")))?.kind == .malformedAnswer)
        let piece = String(repeating: "x", count: 1 << 20)
        let grow = #"{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","#
            + #""partial_json":"\#(piece)"}}"#
        let lines = [#"{"type":"content_block_start","index":0,"content_block":{"type":"server_tool_use","input":{}}}"#]
        let body = MessagesStream.body((lines + Array(repeating: grow, count: 9)).joined(separator: "\n"))
        #expect(failure(of: body)?.kind == .malformedAnswer)
    }

    private func failure(of body: String) -> ProviderFailure? {
        do throws(ProviderFailure) {
            _ = try MessagesStream.events(body)
            return nil
        } catch {
            return error
        }
    }
}
