import NIOCore

/// All that is sent for one request, decided before its first byte.
struct MockReply: Sendable {
    /// What follows the head.
    enum Content: Sendable {
        case whole(ByteBuffer)
        /// The first half of the body; then the socket is closed, or left open and silent.
        case half(ByteBuffer, thenCloses: Bool)
        case stream(MockStream)
        /// Not even a head: the socket is closed.
        case nothing
    }

    var head = MockResponseHead()
    /// Time before the first byte.
    var delay: TimeAmount = .zero
    var content: Content

    init(_ body: ByteBuffer) {
        content = .whole(body)
    }

    init(_ value: MockJSON) {
        var buffer = ByteBuffer()
        buffer.write(value)
        self.init(buffer)
    }

    /// - Parameters:
    ///   - requestID: what the head names the request by; some dialects repeat it in the body.
    ///   - advice: when to come again.
    init(
        _ error: MockProviderError, in dialect: MockDialect = .openAI, requestID: String = "",
        advice: MockRetryAdvice? = nil
    ) {
        switch dialect {
        case .openAI: self.init(error.openAIBody)
        case .anthropic: self.init(error.anthropicBody(requestID: requestID))
        case .gemini: self.init(error.geminiBody(retryDelay: advice?.retryDelay))
        case .bedrock:
            self.init(error.bedrockBody)
            head.extra["x-amzn-ErrorType"] = error.bedrockType
        }
        head.status = error.status
    }
}
