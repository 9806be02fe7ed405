package import GatewayCore
package import NIOCore

/// A stream between a provider and a client that each have a dialect of events.
package struct StreamRelay: AnswerRelay {
    /// What the client is given.
    package enum Way: Sendable {
        /// The provider's own events, as they came; they are only followed. Both speak one dialect.
        case passing
        /// What the events mean, in the client's dialect.
        case translating
    }

    private let way: Way
    private var decoder: any AnswerStreamDecoder
    /// Is shown all events, whichever way they go: it knows where an error falls.
    private var encoder: any AnswerStreamEncoder
    private var answer = AnswerAccumulator()
    private var hasContent = false
    private var hasEnded = false
    private let identity: AnswerIdentity
    /// Takes what nobody is given of events that pass.
    private var unsent = ByteBuffer()
    package private(set) var lastFrames = ByteBuffer()

    /// - Parameter identity: for what the provider gives no name and time.
    package init(
        _ way: Way, from decoder: any AnswerStreamDecoder, to encoder: any AnswerStreamEncoder,
        identity: AnswerIdentity
    ) {
        self.way = way
        self.decoder = decoder
        self.encoder = encoder
        self.identity = identity
    }

    package var usage: TokenUsage? { answer.usage }
    package var contentBytes: Int { answer.contentBytes }

    package mutating func consume(_ event: ServerSentEvent) throws(ProviderFailure) -> RelayStep {
        if hasEnded { return .ignored }
        let frames = try frames(of: try decoder.consume(event), in: event)
        if hasEnded {
            lastFrames = frames
            return .done(try stored())
        }
        if frames.readableBytes == 0 { return .ignored }
        return hasContent ? .content(frames) : .lifecycle(frames)
    }

    package mutating func finish() throws(ProviderFailure) -> ChatAnswer? {
        if hasEnded { return nil }
        lastFrames = try frames(of: try decoder.finish(), in: nil)
        hasEnded = true
        return try stored()
    }

    package mutating func failure(_ error: GatewayError) -> ByteBuffer {
        var frames = ByteBuffer()
        encoder.fail(error, into: &frames)
        return frames
    }

    /// - Parameter event: in which they came; nil for the end of the body, which has no bytes of its own.
    private mutating func frames(
        of events: [AnswerEvent], in event: ServerSentEvent?
    ) throws(ProviderFailure) -> ByteBuffer {
        switch way {
        case .translating:
            var frames = ByteBuffer()
            take(events, into: &frames)
            if encoder.isOverfull {
                let message = "the answer is larger than a stream of the client's dialect can be"
                throw ProviderFailure(unsupported: GatewayError(.providerFailed, message))
            }
            return frames
        case .passing:
            // Out of the relay while it is written to, or it would be copied.
            var frames = ByteBuffer()
            swap(&frames, &unsent)
            frames.clear()
            take(events, into: &frames)
            swap(&frames, &unsent)
            return event.map { ServerSentEvent.frame($0.data, name: $0.name) } ?? ByteBuffer()
        }
    }

    private mutating func take(_ events: [AnswerEvent], into frames: inout ByteBuffer) {
        // What a provider says of a refusal comes with the end: nothing is lost when another target is asked.
        let refuses = events.contains(where: \.endsInRefusal)
        for event in events {
            let event = identity.completing(event)
            answer.add(event)
            if event.isContent, !(refuses && event.isRefusal) { hasContent = true }
            if case .ended = event { hasEnded = true }
            encoder.encode(event, into: &frames)
        }
    }

    /// The answer in the form in which answers are stored; nil when it is too large.
    private func stored() throws(ProviderFailure) -> ChatAnswer? {
        guard let answer = answer.answer else { return nil }
        guard !answer.choices.isEmpty else { throw OpenAIChat.malformed("must have at least one choice") }
        return ChatAnswer(answer)
    }
}

extension AnswerEvent {
    fileprivate var endsInRefusal: Bool {
        if case .finished(.contentFilter, native: _, stopSequence: _, choice: _) = self { true } else { false }
    }

    fileprivate var isRefusal: Bool { if case .refusal = self { true } else { false } }
}
