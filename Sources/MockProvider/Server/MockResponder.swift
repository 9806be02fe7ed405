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
    private let access: MockAccess
    private let place: MockPlace
    private let window = NIOLockedValueBox(MockRateWindow())
    /// Seconds since 1970, the same in all answers of one server.
    private let created: Int

    init(_ configuration: MockProviderConfiguration) {
        self.configuration = configuration
        access = MockAccess(configuration)
        place = MockPlace(configuration)
        created = time(nil)
    }

    var bodyLimit: Int {
        configuration.bodyLimit
    }

    /// The head without what stands in front of every path.
    func located(_ head: HTTPRequestHead) -> HTTPRequestHead { place.located(head) }

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
        let dialect = Self.dialect(of: ticket.route, request.head)
        let requestID = dialect.requestID(ordinal: ticket.ordinal)
        var reply: MockReply
        do throws(MockProviderError) {
            reply = try admittedReply(to: request, ticket: ticket, in: dialect, requestID: requestID, now: now)
        } catch {
            reply = MockReply(error, in: dialect, requestID: requestID)
            if error.status == 405 { reply.head.extra["allow"] = ticket.route.isRead ? "GET" : "POST" }
        }
        reply.head.identification = dialect.identification(requestID)
        return reply
    }

    /// All but Amazon list their models at the same path: the headers tell whose client asks.
    private static func dialect(of route: MockRoute, _ head: HTTPRequestHead) -> MockDialect {
        guard route == .models || route == .model else { return route.dialect }
        if head.headers.contains(name: "anthropic-version") { return .anthropic }
        return head.headers.contains(name: "x-goog-api-key") ? .gemini : .openAI
    }

    private func admittedReply(
        to request: MockRequest, ticket: MockTicket, in dialect: MockDialect, requestID: String, now: NIODeadline
    ) throws(MockProviderError) -> MockReply {
        if request.isTooLarge {
            throw MockProviderError(
                .bodyTooLarge, "The request body must not be larger than \(bodyLimit) bytes.", status: 413)
        }
        guard ticket.route != .other else { throw Self.unknown(request.head) }
        try place.check(request.head.uri)
        try access.check(request, dialect: dialect, now: time(nil))
        guard request.head.method == (ticket.route.isRead ? .GET : .POST) else {
            throw MockProviderError(
                .wrongMethod, "\(ticket.route.rawValue) does not take \(request.head.method.rawValue).", status: 405)
        }
        if ticket.route.isRead { return try modelList(request, route: ticket.route, in: dialect) }
        var behavior = configuration.behavior
        try behavior.apply(request.head.headers)
        var draw = MockDraw(seed: configuration.seed ^ UInt64(truncatingIfNeeded: ticket.ordinal) << 20)
        let call = MockModelCall(
            request: request, ticket: ticket, dialect: dialect, requestID: requestID, behavior: behavior,
            created: created)
        var reply = limitedReply(to: call, now: now, draw: &draw)
        reply.delay = TimeAmount(behavior.latency + behavior.jitter * draw.unit())
        if behavior.closesBeforeHead { reply.content = .nothing }
        return reply
    }

    private func limitedReply(to call: MockModelCall, now: NIODeadline, draw: inout MockDraw) -> MockReply {
        let behavior = call.behavior
        var extra: [String: String] = [:]
        if behavior.rateLimit != nil || behavior.rateTokens != nil {
            let decision = window.withLockedValue {
                $0.admit(
                    at: now, requestLimit: behavior.rateLimit, tokenLimit: behavior.rateTokens,
                    cost: MockPrompt.tokens(ofBytes: call.request.body.readableBytes),
                    window: TimeAmount(behavior.rateWindow))
            }
            extra = decision.headers(in: call.dialect, now: time(nil))
            if !decision.isAdmitted {
                let wait = Duration.nanoseconds(decision.reset.nanoseconds)
                var reply = failed(call, call.dialect.error(.rateLimited, model: call.model), wait: wait)
                reply.head.extra.merge(extra) { own, _ in own }
                return reply
            }
        }
        var status = behavior.forcedStatus
        if draw.unit() < behavior.errorRate { status = status ?? behavior.errorStatus }
        var reply: MockReply
        if let failure = behavior.failure, let error = call.dialect.refusal(failure, model: call.model) {
            reply = failed(call, error, wait: behavior.retryAfter)
        } else if let status {
            let code: MockProviderError.Code = status == 429 ? .rateLimited : .injected
            let error = MockProviderError(code, "The mock was told to fail.", status: status)
            reply = failed(call, error, wait: behavior.retryAfter)
        } else {
            do throws(MockProviderError) {
                reply = try call.reply()
            } catch {
                reply = MockReply(error, in: call.dialect, requestID: call.requestID)
            }
        }
        if !extra.isEmpty { reply.head.extra.merge(extra) { own, _ in own } }
        return reply
    }

    private func failed(_ call: MockModelCall, _ error: MockProviderError, wait: Duration?) -> MockReply {
        let advice = wait.map { MockRetryAdvice($0, form: call.behavior.retryAfterForm, in: call.dialect) }
        var reply = MockReply(error, in: call.dialect, requestID: call.requestID, advice: advice)
        if let advice {
            reply.head.extra.merge(advice.headers(in: call.dialect, now: time(nil))) { _, new in new }
        }
        return reply
    }

    private static func unknown(_ head: HTTPRequestHead) -> MockProviderError {
        MockProviderError(
            .unknownPath, "This mock has nothing at \(head.method.rawValue) \(head.uri).", status: 404)
    }

    private func modelList(
        _ request: MockRequest, route: MockRoute, in dialect: MockDialect
    ) throws(MockProviderError) -> MockReply {
        let list = MockModelList(models: configuration.models, created: created)
        guard route == .model || route == .geminiModel else { return MockReply(list.all(in: dialect)) }
        let name = MockTarget(path: request.head.uri).model
        guard let model = list.model(name, in: dialect) else { throw dialect.error(.modelNotFound, model: name) }
        return MockReply(model)
    }
}
