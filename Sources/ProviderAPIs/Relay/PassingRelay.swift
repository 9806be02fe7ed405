package import GatewayCore
package import NIOCore

/// A stream between a client and a provider of one dialect: the events pass as they came, and are only followed.
package struct PassingRelay: AnswerRelay {
    private var decoder: any AnswerStreamDecoder
    /// For the error of a stream that breaks.
    private var encoder: any AnswerStreamEncoder
    private var answer = AnswerAccumulator()
    private var hasContent = false
    private var hasEnded = false
    private let identity: AnswerIdentity
    package private(set) var lastFrames = ByteBuffer()

    /// - Parameter encoder: of the same dialect; it is shown all events, so that it knows where an error falls.
    package init(_ decoder: any AnswerStreamDecoder, encoder: any AnswerStreamEncoder, identity: AnswerIdentity) {
        self.decoder = decoder
        self.encoder = encoder
        self.identity = identity
    }

    package var usage: TokenUsage? { answer.usage }
    package var contentBytes: Int { answer.contentBytes }

    package mutating func consume(_ event: ServerSentEvent) throws(ProviderFailure) -> RelayStep {
        if hasEnded { return .ignored }
        take(try decoder.consume(event))
        let frame = ServerSentEvent.frame(event.data, name: event.name)
        if hasEnded {
            lastFrames = frame
            return .done(try answer.stored())
        }
        return hasContent ? .content(frame) : .lifecycle(frame)
    }

    package mutating func finish() throws(ProviderFailure) -> ChatAnswer? {
        if hasEnded { return nil }
        take(try decoder.finish())
        hasEnded = true
        return try answer.stored()
    }

    package mutating func failure(_ error: GatewayError) -> ByteBuffer {
        var frames = ByteBuffer()
        encoder.fail(error, into: &frames)
        return frames
    }

    private mutating func take(_ events: [AnswerEvent]) {
        var unsent = ByteBuffer()
        for event in events {
            let event = identity.completing(event)
            answer.add(event)
            encoder.encode(event, into: &unsent)
            if event.isContent { hasContent = true }
            if case .ended = event { hasEnded = true }
        }
    }
}
