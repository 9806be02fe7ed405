import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("What is kept of a stream is bounded, in memory and in time", .timeLimit(.minutes(1)))
struct BoundedAnswerTests {
    @Test("Probabilities of fifty thousand tokens are joined in one go")
    func logprobs() throws {
        var answer = AnswerAccumulator()
        let count = 50_000
        for index in 0..<count {
            answer.add(.logprobs(JSONText(valid: ByteBuffer(string: #"{"content":[{"t":\#(index)}]}"#)), choice: 0))
            answer.add(.text("a", choice: 0))
        }
        let joined = try #require(answer.answer?.choices.first?.logprobs?.element)
        #expect(joined["content"]?.elements.map { $0["t"]?.integer } == Array(0..<count))
        #expect(joined["refusal"]?.isNull == true)
    }

    @Test("Arguments that wait for another call are bounded: nothing more of the calls is told")
    func queue() {
        var queue = MessagesCallQueue(limit: 1000)
        _ = queue.open(0, id: "a", name: "f")
        _ = queue.open(1, id: "b", name: "g")
        #expect(queue.add("{", to: 0) == [.arguments("{")] && !queue.isOverfull)
        for _ in 0..<100 { _ = queue.add("0123456789", to: 1) }
        #expect(queue.isOverfull)
    }

    @Test("What has been told waits no longer: a thousand calls one behind the other are not too many")
    func drained() {
        var queue = MessagesCallQueue(limit: 1000)
        for number in 0..<1000 {
            _ = queue.open(number, id: "id", name: "f")
            _ = queue.add("{}", to: number)
        }
        #expect(!queue.isOverfull)
    }

    @Test("A stream that is too large for the client's dialect breaks, and counts as no answer")
    func overfull() throws {
        let events: [AnswerEvent] = [.started(id: "1", model: "m", created: 1)]
            + (0..<10).map { _ in .text("0123456789", choice: 0) }
            + [.finished(.stop, native: nil, stopSequence: nil, choice: 0), .ended]
        let encoder = ResponsesStreamWriter(request: Conversation(model: "m"), limit: 500)
        var relay = StreamRelay(
            .translating,
            from: OneEvent(events: events), to: encoder, identity: AnswerIdentity(id: "1", created: 1))
        let failure = #expect(throws: ProviderFailure.self) {
            try relay.consume(ServerSentEvent(data: ByteBuffer(string: "{}")))
        }
        #expect(failure?.kind == .unsupported)
        let last = String(buffer: relay.failure(GatewayError(.streamTruncated, "too large")))
        #expect(last.contains("event: response.failed\n"))
    }
}

/// Gives all its events at once.
private struct OneEvent: AnswerStreamDecoder {
    let events: [AnswerEvent]

    func consume(_ event: ServerSentEvent) throws(ProviderFailure) -> [AnswerEvent] { events }
    func finish() throws(ProviderFailure) -> [AnswerEvent] { [] }
}
