import GatewayCore
import GatewayTesting
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Messages there and back")
struct MessagesRoundTripTests {
    @Test("A request that is written and read again is the same", arguments: 0..<200 as Range<UInt64>)
    func requests(seed: UInt64) throws {
        var random = RandomMessages(seed: seed)
        let request = random.request()
        let call = try AnthropicProvider().call(request, model: ProviderModel(name: request.model))
        #expect(call.dropped.isEmpty, "seed \(seed)")
        let again = try AnthropicClient().request(JSONDocument(call.body).root, headers: [])
        #expect(again == request, "seed \(seed): \(String(buffer: call.body))")
    }

    @Test("An answer that is written and read again is the same, also as a stream", arguments: 0..<200 as Range<UInt64>)
    func answers(seed: UInt64) throws {
        var random = RandomMessages(seed: seed)
        let answer = random.answer()
        let body = AnthropicClient().body(of: answer, to: Conversation(model: "m"))
        #expect(try AnthropicProvider().answer(body) == answer, "seed \(seed)")
        let events = Self.events(of: answer, using: &random.generator)
        #expect(MessagesStream.answer(events) == answer, "seed \(seed)")
        let told = MessagesStream.frames(events)
        #expect(MessagesStream.answer(try MessagesStream.events(told)) == answer, "seed \(seed): \(told)")
    }

    /// The stream of an answer, its texts cut anywhere between characters.
    private static func events(of answer: Answer, using generator: inout SeededGenerator) -> [AnswerEvent] {
        var events: [AnswerEvent] = [.started(id: answer.id, model: answer.model, created: nil)]
        let choice = answer.choices[0]
        var calls = 0
        for part in choice.parts {
            switch part.content {
            case .text(let text): events += pieces(text, using: &generator).map { .text($0, choice: 0) }
            case .thinking(let text, let signature):
                events += pieces(text, using: &generator).map { .thinking($0, choice: 0) }
                if let signature { events.append(.signature(signature, choice: 0)) }
            case .redactedThinking(let data): events.append(.redactedThinking(data, choice: 0))
            case .native(let native): events.append(.native(native, choice: 0))
            case .toolCall(let call):
                events.append(.toolCall(calls, id: call.id, name: call.name, signature: nil, choice: 0))
                events += pieces(call.arguments, using: &generator).map { [calls] in
                    .toolArguments(calls, $0, choice: 0)
                }
                calls += 1
            default: continue
            }
        }
        if let finish = choice.finish {
            events.append(
                .finished(finish, native: choice.nativeFinish, stopSequence: choice.stopSequence, choice: 0))
        }
        if let usage = answer.usage { events.append(.usage(usage)) }
        return events + [.ended]
    }

    private static func pieces(_ text: String, using generator: inout SeededGenerator) -> [String] {
        var pieces: [String] = []
        var rest = Substring(text)
        while !rest.isEmpty {
            let count = Int.random(in: 1...5, using: &generator)
            pieces.append(String(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return pieces
    }
}
