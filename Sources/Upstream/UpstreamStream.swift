import CurlClient
package import GatewayCore
package import NIOCore
package import ProviderAPIs

/// A provider's answer that arrives frame by frame.
///
/// Safe because one task at a time reads it: the caller until it is committed, then the task that writes the reply.
package final class UpstreamStream: @unchecked Sendable {
    /// What comes next.
    package enum Step: Sendable {
        /// Bytes for the client.
        case frame(ByteBuffer)
        /// The stream ended as its dialect demands.
        case end(Ending)
    }

    /// What a stream came to.
    package enum Ending: Sendable {
        case whole(ChatAnswer)
        /// Too large to be put together.
        case tooLarge
        /// All that came is well formed, but neither the dialect nor the connection says that it is all.
        case unproven
    }

    /// What may be read while no content has come: events and their bytes, also of those that mean nothing to the
    /// client.
    private static let earlyEventsLimit = 64
    private static let earlyBytesLimit = 256 * 1024

    private var iterator: CurlBody.AsyncIterator
    private var parser: any EventParser
    private var relay: any AnswerRelay
    /// Parsed, not yet decoded.
    private var events: ArraySlice<ServerSentEvent> = []
    private var bodyEnded = false
    private let body: CurlBody
    /// Read before the commit, for those who will want to follow.
    private var early: [ServerSentEvent] = []
    private var isCommitted = false
    /// Whether a piece of the body was asked for.
    private var hasBegun = false
    /// When the first content must have come.
    private let contentDeadline: ContinuousClock.Instant
    /// Sees each event before it is decoded.
    private var follower: (@Sendable (ServerSentEvent) -> Void)?
    /// Decoded before the commit, not yet handed out.
    private var held: ArraySlice<Step> = []

    /// The whole answer of a stream that came to its end before anything of it could be handed out; nil for any other.
    package private(set) var contentless: ChatAnswer?

    init(
        body: CurlBody, parser: any EventParser, relay: any AnswerRelay, contentDeadline: ContinuousClock.Instant
    ) {
        self.iterator = body.makeAsyncIterator()
        self.body = body
        self.contentDeadline = contentDeadline
        self.parser = parser
        self.relay = relay
    }

    /// What ends the client's stream behind `.end`.
    package var lastFrames: ByteBuffer { relay.lastFrames }

    /// What ends the client's stream that broke, or goes on for others. For the reader.
    package func failure(_ error: GatewayError) -> ByteBuffer {
        var broken = relay
        return broken.failure(error)
    }

    /// Reads until the first content, so that a provider which fails before it can be left unseen.
    func commit() async throws(ProviderFailure) {
        var (count, bytes) = (0, 0)
        defer { isCommitted = true }
        while count < Self.earlyEventsLimit, bytes < Self.earlyBytesLimit {
            let (step, isContent) = try await advance()
            count += 1
            bytes += early.last?.data.readableBytes ?? 0
            if let step { held.append(step) }
            if case .end(.whole(let answer))? = step { contentless = answer }
            if isContent { return }
        }
    }

    /// Shows somebody all events of the provider, from the first on, as they are read. By the reader, before it asks
    /// for the first step.
    package func follow(_ follower: @escaping @Sendable (ServerSentEvent) -> Void) {
        for event in early { follower(event) }
        early = []
        self.follower = follower
    }

    /// The next step; nothing may be asked for behind `.end` or an error.
    /// - Throws: what broke the stream. The client must be told, never shown a clean end.
    package func next() async throws(ProviderFailure) -> Step {
        early = []
        if let step = held.popFirst() { return step }
        while true {
            if let step = try await advance().step { return step }
        }
    }

    /// As the provider counted; nil as long as it did not say. For the reader.
    package var usage: TokenUsage? { relay.usage }

    /// Bytes of content that came so far, as they were written. For the reader.
    package var receivedBytes: Int { relay.contentBytes }

    /// When the provider's last bytes came, whenever they were read; nil if it was held back by its reader.
    package var lastArrival: ContinuousClock.Instant? { body.lastArrival }

    /// Ends the call from any thread, for a client that went away; who reads gets an error.
    package func cancel() { body.cancel() }

    /// Takes one event. No step comes of those that mean nothing to the client.
    private func advance() async throws(ProviderFailure) -> (step: Step?, isContent: Bool) {
        guard let event = try await event() else { return (.end(try endOfBody()), true) }
        if isCommitted { follower?(event) } else { early.append(event) }
        return switch try relay.consume(event) {
        case .lifecycle(let frame), .usage(let frame): (.frame(frame), false)
        case .content(let frame): (.frame(frame), true)
        case .done(let answer): (.end(Self.ending(answer)), true)
        case .ignored: (nil, false)
        }
    }

    /// The end of a stream without `[DONE]`. Where only the end of the connection says that this is all, choices that
    /// had not begun yet may be missing.
    private func endOfBody() throws(ProviderFailure) -> Ending {
        let answer = try relay.finish()
        return body.isDelimited ? Self.ending(answer) : .unproven
    }

    private static func ending(_ answer: ChatAnswer?) -> Ending { answer.map { .whole($0) } ?? .tooLarge }

    /// The next event of the stream; nil behind the last.
    private func event() async throws(ProviderFailure) -> ServerSentEvent? {
        while true {
            if let event = events.popFirst() { return event }
            if bodyEnded { return nil }
            guard let piece = try await piece() else {
                bodyEnded = true
                return try parser.finish()
            }
            events = try parser.append(piece)[...]
        }
    }

    private func piece() async throws(ProviderFailure) -> ByteBuffer? {
        // Only before waiting for more: content that has come late is content. Whoever sends nothing at all is left for
        // its silence.
        if hasBegun, !isCommitted, ContinuousClock.now >= contentDeadline {
            throw ProviderFailure(.timeout, message: "no content came within first_content_timeout")
        }
        hasBegun = true
        do throws(CurlError) {
            return try await iterator.next(isolation: #isolation)
        } catch {
            throw ProviderFailure(error)
        }
    }
}
