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

    /// What may be held back while no content has come.
    private static let heldFramesLimit = 64
    private static let heldBytesLimit = 256 * 1024

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
    /// Sees each event before it is decoded.
    private var follower: (@Sendable (ServerSentEvent) -> Void)?
    /// Decoded before the commit, not yet handed out.
    private var held: ArraySlice<Step> = []

    init(body: CurlBody, parser: any EventParser, relay: any AnswerRelay) {
        self.iterator = body.makeAsyncIterator()
        self.body = body
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
        var bytes = 0
        defer { isCommitted = true }
        while held.count < Self.heldFramesLimit, bytes < Self.heldBytesLimit {
            let (step, isContent) = try await decode()
            held.append(step)
            if isContent { return }
            if case .frame(let frame) = step { bytes += frame.readableBytes }
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
        return try await decode().step
    }

    /// As the provider counted; nil as long as it did not say. For the reader.
    package var usage: TokenUsage? { relay.usage }

    /// Bytes of content that came so far, as they were written. For the reader.
    package var receivedBytes: Int { relay.contentBytes }

    /// When the provider's last bytes came, whenever they were read; nil if it was held back by its reader.
    package var lastArrival: ContinuousClock.Instant? { body.lastArrival }

    /// Ends the call from any thread, for a client that went away; who reads gets an error.
    package func cancel() { body.cancel() }

    private func decode() async throws(ProviderFailure) -> (step: Step, isContent: Bool) {
        while true {
            guard let event = try await event() else { return (.end(try endOfBody()), true) }
            if isCommitted { follower?(event) } else { early.append(event) }
            switch try relay.consume(event) {
            case .lifecycle(let frame), .usage(let frame): return (.frame(frame), false)
            case .content(let frame): return (.frame(frame), true)
            case .done(let answer): return (.end(Self.ending(answer)), true)
            case .ignored: continue
            }
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
        do throws(CurlError) {
            return try await iterator.next(isolation: #isolation)
        } catch {
            throw ProviderFailure(error)
        }
    }
}
