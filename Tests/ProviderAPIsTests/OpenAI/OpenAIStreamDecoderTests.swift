import GatewayCore
import GatewayTesting
import NIOCore
import ProviderAPIs
import Testing

@Suite("OpenAI stream decoding")
struct OpenAIStreamDecoderTests {
    @Test("A stream gives the answer the provider would have given whole", arguments: StreamFixture.table)
    func aggregation(fixture: StreamFixture) throws {
        let stream = try DecodedStream(fixture.body)
        let answer = try #require(stream.answer)
        #expect(stream.steps == fixture.steps)
        #expect(try Canonical.text(answer.json) == Canonical.text(fixture.answer))
        let whole = try OpenAIChat.decode(ByteBuffer(string: fixture.answer))
        #expect(answer.model == whole.model && answer.usage == whole.usage && answer.text == whole.text)
        #expect(answer.finishReasons == whole.finishReasons)
        #expect(answer.hasToolCalls == whole.hasToolCalls && answer.hasRefusal == whole.hasRefusal)
        #expect(stream.usage == whole.usage)
    }

    /// All but those whose indices have to be put right.
    private static let regular = StreamFixture.table.filter {
        $0.testDescription != StreamFixture.vendorTools.testDescription
    }

    @Test("A client that asked for usage gets the provider's own bytes", arguments: regular)
    func untouched(fixture: StreamFixture) throws {
        #expect(try String(buffer: DecodedStream(fixture.body).output) == fixture.framed)
    }

    @Test("Calls that share an index, or have none, reach the client with an index each")
    func indices() throws {
        for keepsUsage in [true, false] {
            let stream = try DecodedStream(StreamFixture.vendorTools.body, keepsUsage: keepsUsage)
            var found: [Int] = []
            for frame in String(buffer: stream.output).split(separator: "\n\n") {
                let chunk = try JSONDocument(String(frame.dropFirst("data: ".count))).root
                for choice in chunk["choices"]?.elements.map({ $0 }) ?? [] {
                    found += choice["delta"]?["tool_calls"]?.elements.map { $0["index"]?.integer ?? -1 } ?? []
                }
            }
            #expect(found == [0, 0, 1, 1, 2, 2])
        }
    }

    @Test("A client that did not ask for usage sees no trace of it", arguments: regular)
    func usageRemoved(fixture: StreamFixture) throws {
        let stream = try DecodedStream(fixture.body, keepsUsage: false)
        #expect(!String(buffer: stream.output).contains("usage"))
        #expect(stream.steps == fixture.steps.replacing("u", with: ""))
        // Frames that never had it are untouched, and the answer is the same.
        let kept = fixture.framed.split(separator: "\n\n").filter { !$0.contains("\"usage\"") }
        for frame in kept { #expect(String(buffer: stream.output).contains(frame + "\n\n")) }
        #expect(try Canonical.text(#require(stream.answer).json) == Canonical.text(fixture.answer))
    }

    @Test("Taking usage out leaves every other byte of the chunk", arguments: [
        (#"{"choices" : [] , "usage":null,"x":1.0}"#, #"{"choices" : [],"x":1.0}"#),
        (#"{ "usage" : null , "choices":[]}"#, #"{ "choices":[]}"#),
        (#"{"choices":[],"usage":null }"#, #"{"choices":[] }"#), (#"{ "usage":null }"#, "{  }"),
        (#"{"usage":null,"usage":null,"x":1}"#, #"{"x":1}"#), (#"{"x":1,"usage":null,"usage":null}"#, #"{"x":1}"#),
        (#"{"usage":null,"x":1,"usage":null,"y":2,"usage":null}"#, #"{"x":1,"y":2}"#),
        (#"{"usage":null,"usage":null}"#, "{}"), (#"{"x":{"usage":null}}"#, #"{"x":{"usage":null}}"#), ("{}", "{}"),
        (#"{"\u0075sage":null,"x":1}"#, #"{"x":1}"#),
    ])
    func usageCut(chunk: String, kept: String) throws {
        var decoder = OpenAIStreamDecoder(keepsUsage: false)
        var padded = ByteBuffer(string: "ab\(chunk)")
        padded.moveReaderIndex(forwardBy: 2)
        guard case .lifecycle(let frame) = try decoder.consume(ServerSentEvent(data: padded)) else {
            Issue.record("expected a frame")
            return
        }
        #expect(String(buffer: frame) == "data: \(kept)\n\n")
    }

    @Test("Wherever the stream is cut, frames and answer are the same", arguments: StreamFixture.table)
    func everySplit(fixture: StreamFixture) throws {
        let bytes = Array(fixture.body.utf8)
        let whole = try DecodedStream(fixture.body)
        // Each third pair of pieces, because the parser's own tests have every one; all cuts at once besides.
        let pairs = ByteSplitter.everyPair(bytes).enumerated().filter { $0.offset.isMultiple(of: 3) }.map(\.element)
        for pieces in pairs + [ByteSplitter.single(bytes)] {
            let stream = try DecodedStream(pieces)
            guard stream.output == whole.output, stream.answer?.json == whole.answer?.json else {
                Issue.record("cut as \(pieces.map(\.count))")
                return
            }
        }
    }

    @Test("A stream without [DONE] is whole when every choice said why it ended, else truncated")
    func noDone() throws {
        for fixture in StreamFixture.table where fixture.testDescription != StreamFixture.unfinished.testDescription {
            let stream = try DecodedStream(fixture.framed)
            #expect(try Canonical.text(#require(stream.answer).json) == Canonical.text(fixture.answer))
        }
        for body in [
            "", ": hello\n\n", StreamFixture.unfinished.framed, #"data: {"choices":[]}"#,
            #"data: {"choices":[{"index":0,"finish_reason":"stop"},{"index":1}]}"#,
        ] {
            let failure = #expect(throws: ProviderFailure.self) { try DecodedStream(body) }
            #expect(failure?.kind == .truncated)
        }
    }

    @Test("What a provider says behind [DONE] is ignored, even nonsense")
    func behindDone() throws {
        let stream = try DecodedStream(StreamFixture.plain.body + "data: {\n\ndata: {\"error\":{}}\n\ndata: [DONE]\n\n")
        #expect(stream.steps == StreamFixture.plain.steps)
    }

    @Test("The end is found without its blank line and with spaces around it", arguments: [
        "data: [DONE]", "data:[DONE]\n", "data:  [DONE] \n\n", "data: [DONE]\r\n\r\n",
    ])
    func ends(end: String) throws {
        #expect(try DecodedStream(StreamFixture.plain.framed + end).steps == StreamFixture.plain.steps)
    }

    @Test("An error object in the stream is thrown, by its code where it has one", arguments: [
        (#"{"error":{"message":"m"}}"#, .streamError), (#"{"error":"m"}"#, .streamError),
        (#"{"error":{}}"#, .streamError),
        (#"{"error":{"message":"m","code":"rate_limit_exceeded"}}"#, .rateLimited),
        (#"{"error":{"message":"m","type":"server_error","code":null}}"#, .serverError),
        (#"{"error":{"message":"m","type":"overloaded_error"}}"#, .overloaded),
        (#"{"error":{"message":"m","code":429},"choices":[]}"#, .rateLimited),
        (#"{"error":{"message":"m","code":"502"}}"#, .serverError),
        (#"{"object":"error","message":"m","code":400}"#, .badRequest),
        (#"{"error":{"message":"maximum context length is 9"}}"#, .contextTooLong),
    ] as [(String, ProviderFailure.Kind)])
    func inStreamError(data: String, kind: ProviderFailure.Kind) {
        let failure = #expect(throws: ProviderFailure.self) {
            try DecodedStream(StreamFixture.plain.framed + "data: \(data)\n\ndata: [DONE]\n\n")
        }
        #expect(failure?.kind == kind)
        #expect(failure?.message == "m" || kind == .contextTooLong || data == #"{"error":{}}"#)
    }

    @Test("An event named error is one, whatever its object looks like")
    func errorEvent() {
        let failure = #expect(throws: ProviderFailure.self) {
            try DecodedStream("event: error\ndata: {\"message\":\"m\"}\n\n")
        }
        #expect(failure?.kind == .streamError)
        #expect(failure?.message == "m")
    }

    @Test("A null error is none")
    func nullError() throws {
        let body = #"data: {"error":null,"choices":[{"delta":{"content":"a"}}]}"# + "\n\ndata: [DONE]\n\n"
        #expect(try DecodedStream(body).answer?.text == "a")
    }

    @Test("What is no chunk is malformed", arguments: [
        "{", "x", "1", "[]", "\"a\"", #"{"choices":{}}"#, #"{"choices":[1]}"#, #"{"choices":[{"delta":[]}]}"#,
        #"{"choices":[{"index":-1}]}"#, #"{"choices":[{"index":128}]}"#, #"{"choices":[{"index":"a"}]}"#,
        #"{"choices":[{"index":1e300}]}"#, #"{"choices":[{"delta":{"tool_calls":[1]}}]}"#, "[DONE", "[DONE]",
    ])
    func malformed(data: String) {
        let failure = #expect(throws: ProviderFailure.self) { try DecodedStream("data: \(data)\n\n") }
        #expect(failure?.kind == .malformedAnswer)
    }

    @Test("An answer over the limit is let go, and the client's stream goes on")
    func tooLarge() throws {
        let chunk = #"data: {"choices":[{"delta":{"content":"0123456789"}}]}"# + "\n\n"
        let end = #"data: {"choices":[{"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#
        let body = String(repeating: chunk, count: 100) + end + "\n\n"
        for ending in ["", "data: [DONE]\n\n"] {
            let stream = try DecodedStream(body + ending, limit: 500)
            #expect(String(buffer: stream.output) == body)
            #expect(stream.isTooLarge && stream.answer == nil)
            #expect(stream.usage == TokenUsage(promptTokens: 1, completionTokens: 2))
        }
        #expect(try DecodedStream(body, limit: 2000).answer?.text?.count == 1000)
    }

    @Test("More tool calls than any model makes are not kept")
    func tooManyCalls() throws {
        let chunks = (0..<600).map { #"data: {"choices":[{"delta":{"tool_calls":[{"index":\#($0)}]}}]}"# + "\n\n" }
        let stream = try DecodedStream(chunks.joined() + "data: [DONE]\n\n")
        #expect(stream.isTooLarge && stream.answer == nil)
    }

    @Test("An answer does not grow from usage that every chunk repeats")
    func repeatedUsage() throws {
        let chunk = #"data: {"choices":[{"delta":{"content":"a"}}],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#
        let stream = try DecodedStream(String(repeating: chunk + "\n\n", count: 100) + "data: [DONE]\n\n", limit: 500)
        #expect(stream.answer?.text?.count == 100)
    }
}
