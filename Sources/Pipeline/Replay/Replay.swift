import GatewayCore
import NIOCore
import ProviderAPIs

/// Renders whole answers, stored or fresh, in the form the client asked for.
enum Replay {
    /// A stored answer; a stream of it at a pace.
    /// - Parameter deadline: when the client waits no longer; nil for never.
    static func reply(
        _ hit: CacheHit, to request: ChatRequest, pace: ReplayPace, deadline: ContinuousClock.Instant?,
        exchange: Exchange
    ) throws(GatewayError) -> Reply {
        let reply = try reply(hit.answer, to: request, exchange: exchange)
        guard pace != .atOnce, case .frames(let frames) = reply.body else { return reply }
        let interval = pace.interval(
            frames: frames.count, tokens: hit.usage?.completionTokens,
            within: deadline.map { ContinuousClock.now.duration(to: $0) })
        return reply.saying(.stream(PacedReplay(frames, every: interval, for: exchange.client)))
    }

    /// - Parameter passed: the answer's bytes where they go to the client as they came.
    static func reply(
        _ answer: ChatAnswer, passed: ByteBuffer?, to request: ChatRequest, exchange: Exchange
    ) throws(GatewayError) -> Reply {
        if let passed, !request.isStream { return Reply(status: 200, body: .json(passed), exchange: exchange) }
        return try reply(answer.json, to: request, exchange: exchange)
    }

    private static func reply(
        _ json: ByteBuffer, to request: ChatRequest, exchange: Exchange
    ) throws(GatewayError) -> Reply {
        do {
            let body: Reply.Body = request.isStream
                ? .frames(try AnswerReplay.frames(of: json, to: request))
                : .json(try AnswerReplay.body(of: json, to: request))
            return Reply(status: 200, body: body, exchange: exchange)
        } catch {
            throw GatewayError(.providerFailed, "the answer could not be turned into what the client asked for")
        }
    }
}
