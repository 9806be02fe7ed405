import GatewayCore
import GatewayTesting
import NIOCore
import ProviderAPIs
import Testing

@Suite("Responses there and back")
struct ResponsesRoundTripTests {
    @Test("A conversation that is written and read is the same", arguments: 0..<40 as Range<UInt64>)
    func conversations(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<25 {
            let conversation = RandomResponses.make(using: &generator)
            let call = try ResponsesProvider().call(conversation, model: ProviderModel(name: conversation.model))
            #expect(call.dropped.isEmpty && call.path == "/responses")
            let read = try ResponsesClient().request(JSONDocument(call.body).root, headers: [])
            #expect(read == conversation, "seed \(seed): \(String(buffer: call.body))")
        }
    }

    @Test("An answer that is written and read is the same", arguments: 0..<40 as Range<UInt64>)
    func answers(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<25 {
            var answer = RandomResponses.answer(using: &generator)
            answer.choices[0].parts = Self.signed(answer.choices[0].parts, &generator)
            if answer.choices[0].parts.contains(where: \.isText) { answer.choices[0].logprobs = Self.logprobs }
            let body = ResponsesClient().body(of: answer, to: Conversation(model: "asked"))
            #expect(try ResponsesProvider().answer(body) == answer, "seed \(seed): \(String(buffer: body))")
        }
    }

    @Test("An answer that is streamed and read is the same, however it is cut", arguments: 0..<40 as Range<UInt64>)
    func streams(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<8 {
            var answer = RandomResponses.answer(using: &generator)
            answer.serviceTier = nil
            answer.choices[0].parts = Self.signed(answer.choices[0].parts, &generator)
            var encoder = ResponsesClient().stream(of: Conversation(model: "asked"))
            var frames = ByteBuffer()
            for event in Self.events(of: answer, &generator) { encoder.encode(event, into: &frames) }
            let pieces = ByteSplitter.random(Array(frames.readableBytesView), longest: 300, using: &generator)
            let stream = try ResponsesEvents(pieces)
            #expect(stream.answer == answer, "seed \(seed): \(String(buffer: frames))")
        }
    }

    private static let logprobs = JSONText(
        valid: #"{"content":[{"token":"a","logprob":-1,"bytes":[97],"top_logprobs":[]}],"refusal":null}"#)

    /// Signs some calls, which the client's side alone can carry.
    private static func signed(_ parts: [ContentPart], _ generator: inout SeededGenerator) -> [ContentPart] {
        parts.map { part in
            guard case .toolCall(var call) = part.content, RandomResponses.chance(&generator) else { return part }
            call.signature = "gemini-\(call.id)"
            return ContentPart(.toolCall(call))
        }
    }

    /// The events of an answer, its texts in pieces, fragments of neighbouring calls in turns.
    private static func events(of answer: Answer, _ generator: inout SeededGenerator) -> [AnswerEvent] {
        var events: [AnswerEvent] = [.started(id: answer.id, model: answer.model, created: answer.created)]
        var calls = 0
        var later: [AnswerEvent] = []
        for part in answer.choices[0].parts {
            switch part.content {
            case .text(let text): for piece in pieces(text, &generator) { events.append(.text(piece, choice: 0)) }
            case .refusal(let text): for piece in pieces(text, &generator) { events.append(.refusal(piece, choice: 0)) }
            case .thinking(let text, let signature):
                for piece in pieces(text, &generator) { events.append(.thinking(piece, choice: 0)) }
                if let signature { events.append(.signature(signature, choice: 0)) }
            case .redactedThinking(let data): events.append(.redactedThinking(data, choice: 0))
            case .toolCall(let call):
                events.append(.toolCall(calls, id: call.id, name: call.name, signature: call.signature, choice: 0))
                for piece in pieces(call.arguments, &generator) {
                    later.append(.toolArguments(calls, piece, choice: 0))
                }
                calls += 1
            default: continue
            }
        }
        // All calls are open before the first of them gets its arguments: fragments in turns, each call's in order.
        var queues = Dictionary(grouping: later) { event in
            if case .toolArguments(let index, _, _) = event { index } else { 0 }
        }
        while let index = queues.keys.sorted().randomElement(using: &generator) {
            if let event = queues[index]?.removeFirst() { events.append(event) }
            if queues[index]?.isEmpty != false { queues[index] = nil }
        }
        let finish = answer.choices[0].finish ?? .stop
        events.append(.finished(finish, native: nil, stopSequence: nil, choice: 0))
        if let usage = answer.usage { events.append(.usage(usage)) }
        return events + [.ended]
    }

    private static func pieces(_ text: String, _ generator: inout SeededGenerator) -> [String] {
        var pieces: [String] = []
        var rest = Array(text.unicodeScalars)[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...5, using: &generator)
            pieces.append(rest.prefix(count).reduce(into: "") { $0.unicodeScalars.append($1) })
            rest = rest.dropFirst(count)
        }
        return pieces
    }
}

extension ContentPart {
    fileprivate var isText: Bool {
        if case .text = content { true } else { false }
    }
}
