import GatewayCore
import GatewayTesting
import NIOCore
import ProviderAPIs
import Testing

@Suite("Chat Completions there and back")
struct ChatRoundTripTests {
    @Test("A conversation written for the gateway is read as the same", arguments: 0..<200 as Range<UInt64>)
    func conversation(seed: UInt64) throws {
        var random = RandomChatConversation(seed: seed)
        let conversation = random.make()
        let written = try ChatRequestWriter.write(conversation)
        let read = try ChatCompletionsClient().request(JSONDocument(written).root, headers: [])
        #expect(read == conversation.asChatSays, "seed \(seed): \(String(buffer: written))")
    }

    @Test("An answer that was written is read as the same", arguments: 0..<200 as Range<UInt64>)
    func answer(seed: UInt64) throws {
        var random = RandomChatConversation(seed: seed)
        let answer = random.answer()
        let written = ChatAnswerWriter.write(answer)
        #expect(try ChatAnswerReader.read(written) == answer, "seed \(seed): \(String(buffer: written))")
    }

    @Test("An answer that went through a stream is the same, in whatever pieces", arguments: 0..<40 as Range<UInt64>)
    func stream(seed: UInt64) throws {
        var random = RandomChatConversation(seed: seed)
        let answer = random.answer()
        var writer = ChatStreamWriter(includesUsage: true)
        var body = ByteBuffer()
        for event in answer.events(piece: 3) { writer.encode(event, into: &body) }
        // Every place of the first streams, some of the others.
        for cut in stride(from: 0, to: body.readableBytes, by: seed < 2 ? 1 : 211) {
            let bytes = Array(body.readableBytesView)
            let read = try accumulated([Array(bytes[..<cut]), Array(bytes[cut...])])
            #expect(read == answer, "seed \(seed), cut at \(cut)")
        }
        // What goes on as it came is put together to the same by its own way.
        let passed = try DecodedStream(String(buffer: body))
        let whole = try #require(passed.answer)
        #expect(try ChatAnswerReader.read(whole.json) == answer, "seed \(seed)")
    }

    private func accumulated(_ pieces: [[UInt8]]) throws -> Answer? {
        var parser = EventStreamParser()
        var reader = ChatStreamReader()
        var answer = AnswerAccumulator()
        for piece in pieces {
            for event in try parser.append(ByteBuffer(bytes: piece)) {
                for step in try reader.consume(event) { answer.add(step) }
            }
        }
        for step in try reader.finish() { answer.add(step) }
        return answer.answer
    }
}

extension Conversation {
    /// The same with what this dialect does not tell apart.
    fileprivate var asChatSays: Conversation {
        var said = self
        // The order of kinds is that of the members of a message.
        said.messages = messages.map { message in
            var message = message
            let parts = message.parts
            if message.role == .assistant {
                message.parts = parts.filter(\.isThought) + parts.filter { !$0.isThought }
                // One signed thought makes all of them blocks.
            }
            return message
        }
        return said
    }
}

extension ContentPart {
    fileprivate var isThought: Bool {
        switch content {
        case .thinking, .redactedThinking: true
        default: false
        }
    }
}
