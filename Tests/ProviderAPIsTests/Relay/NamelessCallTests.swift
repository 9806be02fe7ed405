import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Calls that came without an id")
struct NamelessCallTests {
    private static let wire = Wire.compatible
    private static let function = #""type":"function","function":{"name":"f","arguments":"{}"}"#

    private static let whole = #"{"choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":["#
        + #"{\#(function)},{"id":"",\#(function)},{"id":"given",\#(function)}]},"finish_reason":"tool_calls"}]}"#

    private static let chunks = [
        #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,\#(function)}]}}]}"#,
        #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"",\#(function)}]}}]}"#,
        #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":2,"id":"given",\#(function)}]},"#
            + #""finish_reason":"tool_calls"}]}"#,
        "[DONE]",
    ]

    private static func identity(_ id: String) -> AnswerIdentity { AnswerIdentity(id: id, model: "m", created: 1) }

    /// The ids in an answer to a client of Messages, in their order.
    private func ids(in text: String) -> [String] {
        text.ranges(of: #""type":"tool_use","id":""#).map { range in
            String(text[range.upperBound...].prefix { $0 != "\"" })
        }
    }

    private func expect(_ ids: [String]) {
        #expect(ids.count == 3 && Set(ids).count == 3 && ids.last == "given", "\(ids)")
        #expect(ids.allSatisfy { !$0.isEmpty && $0 == MessagesBlock.id($0) && $0.utf8.count <= 40 }, "\(ids)")
    }

    @Test("In a whole answer each gets one of its own, and in the next answer another")
    func whole() throws {
        let request = try AskingClient.request(
            #"{"model":"asked","max_tokens":9,"messages":[{"role":"user","content":"q"}]}"#, as: .messages)
        let translation = TargetTranslation(request, for: Self.wire.target)
        var all: Set<String> = []
        for id in ["one", "two"] {
            let (answer, _) = try translation.answer(ByteBuffer(string: Self.whole)) { Self.identity(id) }
            let body = try AnswerReplay.body(of: answer.json, to: request)
            let found = ids(in: String(buffer: body))
            expect(found)
            all.formUnion(found)
        }
        #expect(all.count == 5)
    }

    @Test("In a stream each gets one of its own, the same as in the answer that is kept")
    func stream() throws {
        let request = try AskingClient.stream(.messages)
        var relay = TargetTranslation(request, for: Self.wire.target).relay { Self.identity("one") }
        var sent = ByteBuffer()
        var kept: ChatAnswer?
        for chunk in Self.chunks {
            switch try relay.consume(ServerSentEvent(data: ByteBuffer(string: chunk))) {
            case .lifecycle(let frame), .content(let frame): sent.writeImmutableBuffer(frame)
            case .done(let answer): kept = answer
            case .usage, .ignored: continue
            }
        }
        sent.writeImmutableBuffer(relay.lastFrames)
        let found = ids(in: String(buffer: sent))
        expect(found)
        let hit = try AnswerReplay.body(of: try #require(kept).json, to: request)
        #expect(ids(in: String(buffer: hit)) == found)
    }

    @Test("In a hit of an answer that passed to another client each gets one of its own")
    func replayed() throws {
        expect(ids(in: String(buffer: try AnswerReplay.body(
            of: ByteBuffer(string: Self.whole), to: try AskingClient.stream(.messages)))))
    }

    @Test("Gemini's calls are told apart from turn to turn, also where it gives its answers no ids")
    func gemini() throws {
        let body = #"{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f"}}]},"finishReason":"STOP"}]}"#
        let translation = TargetTranslation(try AskingClient.stream(.chat), for: Wire.gemini.target)
        let answers = try ["one", "two"].map { id in
            String(buffer: try translation.answer(ByteBuffer(string: body)) { Self.identity(id) }.answer.json)
        }
        let ids = answers.map { text in
            text.firstRange(of: #""tool_calls":[{"id":""#).map { String(text[$0.upperBound...].prefix { $0 != "\"" }) }
        }
        #expect(ids[0] != nil && ids[0] != "" && ids[0] != ids[1], "\(answers)")
    }
}
