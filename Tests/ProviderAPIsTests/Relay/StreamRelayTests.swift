import GatewayCore
import NIOCore
import ProviderAPIs
import Testing

@Suite("A stream between a provider and a client")
struct StreamRelayTests {
    private let started = AnswerEvent.started(id: nil, model: "m", created: nil)

    @Test("Nothing counts as content before the model said something")
    func lifecycle() throws {
        var relay = relay([[started], [.text("", choice: 0)], [.text("a", choice: 0)]])
        #expect(try kind(relay.consume(.some)) == "ignored")
        #expect(try kind(relay.consume(.some)) == "lifecycle")
        #expect(try kind(relay.consume(.some)) == "content")
    }

    @Test("Why an answer ended is no content where there is none in front of it")
    func finishAlone() throws {
        let finished = AnswerEvent.finished(.contentFilter, native: nil, stopSequence: nil, choice: 0)
        for said in [[], [AnswerEvent.refusal("Not this.", choice: 0)]] {
            var relay = relay([[started], said + [finished], [.ended]])
            _ = try relay.consume(.some)
            #expect(try kind(relay.consume(.some)) == "lifecycle")
            #expect(try kind(relay.consume(.some)) == "done")
        }
        var spoken = relay([[started], [.refusal("I cannot.", choice: 0)], [finished], [.ended]])
        _ = try spoken.consume(.some)
        #expect(try kind(spoken.consume(.some)) == "content")
    }

    @Test("The end of the client's stream is held back until the answer is kept")
    func end() throws {
        let finished = AnswerEvent.finished(.stop, native: nil, stopSequence: nil, choice: 0)
        var relay = relay([[started, .text("a", choice: 0)], [finished, .ended]])
        _ = try relay.consume(.some)
        guard case .done(let answer) = try relay.consume(.some) else {
            Issue.record("expected the end")
            return
        }
        #expect(answer?.text == "a")
        #expect(String(buffer: relay.lastFrames).hasSuffix("data: [DONE]\n\n"))
        #expect(try kind(relay.consume(.some)) == "ignored")
    }

    @Test("An answer without a name of its own gets one, in the stream and for the cache")
    func identity() throws {
        var relay = relay([[started, .text("a", choice: 0)], [.ended]])
        guard case .content(let frame) = try relay.consume(.some), case .done(let answer) = try relay.consume(.some)
        else {
            Issue.record("expected content and the end")
            return
        }
        for text in [String(buffer: frame), answer.map { String(buffer: $0.json) } ?? ""] {
            #expect(text.contains(#""id":"chatcmpl-abc""#) && text.contains(#""created":17"#))
        }
    }

    @Test("A stream that ends without its dialect's end is no answer")
    func truncated() throws {
        var relay = relay([[started, .text("a", choice: 0)]], isTruncated: true)
        _ = try relay.consume(.some)
        let failure = #expect(throws: ProviderFailure.self) { try relay.finish() }
        #expect(failure?.kind == .truncated)
        let last = String(buffer: relay.failure(GatewayError(.streamTruncated, "it broke")))
        #expect(last.contains(#""code":"upstream_stream_truncated""#) && !last.contains("[DONE]"))
    }

    @Test("An answer that only its own dialect can tell is not kept as another")
    func native() throws {
        var relay = relay([[started, .native(.emptyObject, choice: 0), .text("a", choice: 0)], [.ended]])
        _ = try relay.consume(.some)
        guard case .done(let answer) = try relay.consume(.some) else {
            Issue.record("expected the end")
            return
        }
        #expect(answer?.isComplete == false)
    }

    @Test("Between two of one dialect the events pass as they came, and the answer is put together all the same")
    func passing() throws {
        var relay = relay([[started], [.text("a", choice: 0)], [.text("b", choice: 0)], [.ended]], way: .passing)
        let names = ["start", "delta", nil, "stop"]
        let sent = names.map { ServerSentEvent(name: $0, data: ByteBuffer(string: "{\"n\":1}")) }
        var kinds: [String] = []
        for event in sent {
            let step = try relay.consume(event)
            kinds.append(kind(step))
            switch step {
            case .lifecycle(let frame), .content(let frame):
                #expect(frame == ServerSentEvent.frame(event.data, name: event.name))
            case .done(let answer): #expect(answer?.text == "ab")
            case .usage, .ignored: Issue.record("expected every event to pass")
            }
        }
        #expect(kinds == ["lifecycle", "content", "content", "done"])
        #expect(relay.lastFrames == ServerSentEvent.frame(sent[3].data, name: "stop"))
    }

    private func relay(
        _ steps: [[AnswerEvent]], way: StreamRelay.Way = .translating, isTruncated: Bool = false
    ) -> StreamRelay {
        StreamRelay(
            way, from: ScriptedDecoder(steps: steps, isTruncated: isTruncated),
            to: ChatStreamWriter(includesUsage: false), identity: AnswerIdentity(id: "abc", created: 17))
    }

    private func kind(_ step: RelayStep) -> String {
        switch step {
        case .lifecycle: "lifecycle"
        case .content: "content"
        case .usage: "usage"
        case .done: "done"
        case .ignored: "ignored"
        }
    }
}

extension ServerSentEvent {
    fileprivate static let some = ServerSentEvent(data: ByteBuffer(string: "{}"))
}

/// Gives what it was told to, one step for each event.
private struct ScriptedDecoder: AnswerStreamDecoder {
    var steps: [[AnswerEvent]]
    let isTruncated: Bool

    mutating func consume(_ event: ServerSentEvent) throws(ProviderFailure) -> [AnswerEvent] {
        steps.isEmpty ? [] : steps.removeFirst()
    }

    func finish() throws(ProviderFailure) -> [AnswerEvent] {
        if isTruncated { throw ProviderFailure(.truncated, message: "cut") }
        return [.ended]
    }
}
