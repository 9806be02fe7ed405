import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Decides what a request is answered with. Called on the connections' event loops; does no input or output.
final class MockResponder: Sendable {
    let statistics = MockStatistics()

    private let configuration: MockProviderConfiguration
    private let authorization: String?
    private let window = NIOLockedValueBox(MockRateWindow())
    /// Seconds since 1970, the same in all answers of one server.
    private let created: Int

    init(_ configuration: MockProviderConfiguration) {
        self.configuration = configuration
        authorization = configuration.apiKey.map { "Bearer " + $0 }
        created = time(nil)
    }

    var bodyLimit: Int {
        configuration.bodyLimit
    }

    /// The answer to a `/mock/…` request, or nil for all others. These are neither counted nor bent by any knob.
    func control(_ request: MockRequest) -> MockReply? {
        guard request.head.uri.hasPrefix("/mock/") else { return nil }
        switch (request.head.method, request.head.uri) {
        case (.GET, "/mock/stats"):
            return MockReply(statistics.body)
        case (.POST, "/mock/reset"):
            statistics.reset()
            window.withLockedValue { $0 = MockRateWindow() }
            return MockReply(statistics.body)
        default:
            return MockReply(Self.unknown(request.head))
        }
    }

    /// The answer to any other request, which `ticket` counts.
    func reply(to request: MockRequest, ticket: MockTicket, now: NIODeadline) -> MockReply {
        do throws(MockProviderError) {
            return try admittedReply(to: request, ticket: ticket, now: now)
        } catch {
            var reply = MockReply(error)
            if error.status == 405 { reply.head.extra["allow"] = ticket.route == .models ? "GET" : "POST" }
            return reply
        }
    }

    private func admittedReply(
        to request: MockRequest, ticket: MockTicket, now: NIODeadline
    ) throws(MockProviderError) -> MockReply {
        if request.isTooLarge {
            throw MockProviderError(
                .bodyTooLarge, "The request body must not be larger than \(bodyLimit) bytes.", status: 413)
        }
        try checkKey(request.head)
        guard ticket.route != .other else { throw Self.unknown(request.head) }
        guard request.head.method == (ticket.route == .models ? .GET : .POST) else {
            throw MockProviderError(
                .wrongMethod, "\(ticket.route.rawValue) does not take \(request.head.method.rawValue).", status: 405)
        }
        if ticket.route == .models { return MockReply(modelList) }
        var behavior = configuration.behavior
        try behavior.apply(request.head.headers)
        var draw = MockDraw(seed: configuration.seed ^ UInt64(truncatingIfNeeded: ticket.ordinal) << 20)
        var reply = limitedReply(to: request, ticket: ticket, behavior: behavior, now: now, draw: &draw)
        reply.delay = TimeAmount(behavior.latency + behavior.jitter * draw.unit())
        if behavior.closesBeforeHead { reply.content = .nothing }
        return reply
    }

    private func limitedReply(
        to request: MockRequest, ticket: MockTicket, behavior: MockBehavior, now: NIODeadline, draw: inout MockDraw
    ) -> MockReply {
        var extra: [String: String] = [:]
        if let limit = behavior.rateLimit {
            let amount = TimeAmount(behavior.rateWindow)
            let decision = window.withLockedValue { $0.admit(at: now, limit: limit, window: amount) }
            extra = decision.headers(limit: limit)
            if case .refused = decision {
                var reply = MockReply(MockProviderError(
                    .rateLimited, "Rate limit of \(limit) requests in a window is reached.", status: 429))
                reply.head.extra = extra
                return reply
            }
        }
        var status = behavior.forcedStatus
        if draw.unit() < behavior.errorRate { status = status ?? behavior.errorStatus }
        var reply: MockReply
        if let status {
            reply = MockReply(MockProviderError(
                status == 429 ? .rateLimited : .injected, "The mock was told to fail.", status: status))
            if let seconds = behavior.retryAfterSeconds { extra["retry-after"] = String(seconds) }
        } else {
            do throws(MockProviderError) {
                reply = try modelReply(to: request, ticket: ticket, behavior: behavior)
            } catch {
                reply = MockReply(error)
            }
        }
        reply.head.extra = extra
        return reply
    }

    private func modelReply(
        to request: MockRequest, ticket: MockTicket, behavior: MockBehavior
    ) throws(MockProviderError) -> MockReply {
        if ticket.route == .embeddings {
            let embedding = try MockEmbeddingRequest(body: request.body)
            return Self.whole(
                MockEmbeddings.body(embedding, defaultDimension: behavior.embeddingDimension), behavior: behavior)
        }
        let chat = try MockChatRequest(body: request.body)
        let completion = MockCompletion(chat, behavior: behavior, ordinal: ticket.ordinal, created: created)
        guard chat.isStreamed else { return Self.whole(completion.body, behavior: behavior) }
        var reply = MockReply(ByteBuffer())
        reply.head.contentType = MockResponseHead.eventStream
        let isChunked = request.head.version.minor >= 1
        reply.content = .stream(MockChatStream(
            completion, includesUsage: chat.includesUsage, isChunked: isChunked, behavior: behavior))
        return reply
    }

    private static func whole(_ body: ByteBuffer, behavior: MockBehavior) -> MockReply {
        var reply = MockReply(body)
        if behavior.cutAfterFrames != nil || behavior.stallAfterFrames != nil {
            reply.content = .half(body, thenCloses: behavior.cutAfterFrames != nil)
        } else if behavior.malformedFrame != nil {
            reply.content = .whole(body.getSlice(at: body.readerIndex, length: body.readableBytes / 2) ?? body)
        }
        return reply
    }

    private func checkKey(_ head: HTTPRequestHead) throws(MockProviderError) {
        guard let authorization, head.headers.first(name: "authorization") != authorization else { return }
        throw MockProviderError(
            .invalidKey, "The header 'Authorization' must carry 'Bearer' and the key of this mock.", status: 401)
    }

    private static func unknown(_ head: HTTPRequestHead) -> MockProviderError {
        MockProviderError(
            .unknownPath, "This mock has nothing at \(head.method.rawValue) \(head.uri).", status: 404)
    }

    private var modelList: ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeStaticString("{\"object\":\"list\",\"data\":[")
        for (index, model) in configuration.models.enumerated() {
            buffer.writeStaticString(index > 0 ? ",{\"id\":" : "{\"id\":")
            buffer.writeJSON(model)
            buffer.writeString(",\"object\":\"model\",\"created\":\(created),\"owned_by\":\"mock\"}")
        }
        buffer.writeStaticString("]}")
        return buffer
    }
}
