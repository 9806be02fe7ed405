import NIOCore
import NIOHTTP1

/// A request for an answer of the model that got past keys and limits.
struct MockModelCall {
    let request: MockRequest
    let ticket: MockTicket
    let dialect: MockDialect
    let requestID: String
    let behavior: MockBehavior
    /// Seconds since 1970.
    let created: Int

    /// The model named in the path, where the dialect has it there.
    var model: String {
        switch dialect {
        case .openAI, .anthropic: ""
        case .gemini, .bedrock: MockTarget(path: request.head.uri).model
        }
    }

    /// What Azure's path names instead of a model; empty at OpenAI's own, which most requests come to.
    private var deployment: String {
        request.head.uri.hasPrefix("/openai/") ? MockTarget(path: request.head.uri).model : ""
    }

    /// The answer of the route. Throws what the dialect says of a request it cannot serve.
    func reply() throws(MockProviderError) -> MockReply {
        switch ticket.route {
        case .chatCompletions: return try chat()
        case .embeddings:
            let embedding = try MockEmbeddingRequest(body: request.body, model: deployment)
            return whole(MockEmbeddings.body(embedding, defaultDimension: behavior.embeddingDimension))
        case .responses, .countResponseTokens: return try responses()
        case .messages, .countMessageTokens: return try messages()
        case .generateContent, .streamGenerateContent, .countTokens, .embedContent, .batchEmbedContents, .predict:
            return try gemini()
        case .converse, .converseStream: return try converse()
        default:
            throw MockProviderError(.unknownPath, "This mock has nothing at \(request.head.uri).", status: 404)
        }
    }

    /// The answer to a prompt.
    func turn(_ prompt: MockPrompt) -> MockTurn {
        MockTurn(prompt, behavior: behavior, ordinal: ticket.ordinal, created: created)
    }

    private func chat() throws(MockProviderError) -> MockReply {
        let prompt = try MockChatRequest(body: request.body, model: deployment).prompt
        let turn = turn(prompt)
        guard prompt.isStreamed else { return whole(turn.chatCompletion) }
        return stream(.chat(MockChatFrames(turn, includesUsage: prompt.includesUsage)))
    }

    func whole(_ value: MockJSON) -> MockReply {
        var buffer = ByteBuffer()
        buffer.write(value)
        return whole(buffer)
    }

    func whole(_ body: ByteBuffer) -> MockReply {
        var reply = MockReply(body)
        if behavior.cutAfterFrames != nil || behavior.stallAfterFrames != nil {
            reply.content = .half(body, thenCloses: behavior.cutAfterFrames != nil)
        } else if behavior.malformedFrame != nil {
            reply.content = .whole(body.getSlice(at: body.readerIndex, length: body.readableBytes / 2) ?? body)
        }
        return reply
    }

    func stream(_ source: MockStream.Source, as contentType: String = MockResponseHead.eventStream) -> MockReply {
        var reply = MockReply(ByteBuffer())
        reply.head.contentType = contentType
        let isChunked = request.head.version.minor >= 1
        reply.content = .stream(MockStream(source, isChunked: isChunked, behavior: behavior))
        return reply
    }
}
