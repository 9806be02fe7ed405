package import GatewayCore
package import NIOCore

/// A stream between two dialects.
package struct TranslatingRelay: AnswerRelay {
    private var decoder: any AnswerStreamDecoder
    private var encoder: any AnswerStreamEncoder
    private var answer = AnswerAccumulator()
    private var hasContent = false
    private var hasEnded = false
    private let identity: AnswerIdentity
    package private(set) var lastFrames = ByteBuffer()

    /// - Parameter identity: for what the provider gives no name and time.
    package init(from decoder: any AnswerStreamDecoder, to encoder: any AnswerStreamEncoder, identity: AnswerIdentity) {
        self.decoder = decoder
        self.encoder = encoder
        self.identity = identity
    }

    package var usage: TokenUsage? { answer.usage }
    package var contentBytes: Int { answer.contentBytes }

    package mutating func consume(_ event: ServerSentEvent) throws(ProviderFailure) -> RelayStep {
        if hasEnded { return .ignored }
        let frames = try take(try decoder.consume(event))
        if hasEnded {
            lastFrames = frames
            return .done(try answer.stored())
        }
        if frames.readableBytes == 0 { return .ignored }
        return hasContent ? .content(frames) : .lifecycle(frames)
    }

    package mutating func finish() throws(ProviderFailure) -> ChatAnswer? {
        if hasEnded { return nil }
        lastFrames = try take(try decoder.finish())
        hasEnded = true
        return try answer.stored()
    }

    package mutating func failure(_ error: GatewayError) -> ByteBuffer {
        var frames = ByteBuffer()
        encoder.fail(error, into: &frames)
        return frames
    }

    private mutating func take(_ events: [AnswerEvent]) throws(ProviderFailure) -> ByteBuffer {
        var frames = ByteBuffer()
        for event in events {
            let event = identity.completing(event)
            answer.add(event)
            if event.isContent { hasContent = true }
            if case .ended = event { hasEnded = true }
            encoder.encode(event, into: &frames)
        }
        if encoder.isOverfull {
            let message = "the answer is larger than a stream of the client's dialect can be"
            throw ProviderFailure(unsupported: GatewayError(.providerFailed, message))
        }
        return frames
    }
}

extension AnswerAccumulator {
    /// The answer in the form in which answers are stored; nil when it is too large.
    func stored() throws(ProviderFailure) -> ChatAnswer? {
        guard let answer else { return nil }
        guard !answer.choices.isEmpty else { throw OpenAIChat.malformed("must have at least one choice") }
        return ChatAnswer(answer)
    }
}
