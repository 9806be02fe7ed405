import GatewayCore
import NIOCore
import ProviderAPIs
import Routing
import Upstream

/// Calls one target after the other until one answers.
///
/// A target has answered when its whole answer is there or, for a stream, when its first content is: until then a
/// failure moves on to the next target unseen.
struct Dispatch: Sendable {
    /// The answer, and the attempt that must be told how it ends.
    struct Answered: Sendable {
        let reply: UpstreamReply
        let attempt: RouteAttempt
        /// Until the first content of a stream; nil for an answer that came whole.
        let firstToken: Duration?
    }

    let upstream: UpstreamCaller
    let exchange: Exchange

    /// Ends early when the client goes away.
    /// - Returns: the first answer, or what the client is told.
    func run(_ request: ChatRequest, attempts: RouteAttempts) async throws(GatewayError) -> Answered {
        let start = ContinuousClock.now
        let result = await exchange.client.whilePresent { await call(request, attempts) }
        exchange.note { $0.timings.upstream = start.duration(to: .now) }
        return try result.get()
    }

    private func call(_ request: ChatRequest, _ attempts: RouteAttempts) async -> Result<Answered, GatewayError> {
        var attempts = attempts
        defer { exchange.queued(attempts.queued) }
        var last: ProviderFailure?
        var made = 0
        do throws(GatewayError) {
            while let attempt = try await attempts.next() {
                exchange.picked(attempts)
                let delay = made == 0 && Self.mayBeAskedTwice(request) ? attempts.hedgeDelay(for: attempt) : nil
                let sent = request.document.text.readableBytes
                let call = HedgedCall(sent: sent) { [upstream] in
                    await upstream.result(of: request, target: $0.target)
                }
                let outcome = await call.run(attempt, delay: delay) { await attempts.hedge() }
                made += outcome.failed.count + 1
                if delay != nil { exchange.picked(attempts) }
                for end in outcome.failed {
                    if case .failure(let failure) = end.result { self.failed(end, failure, sent: sent) }
                }
                if let loser = outcome.loser { exchange.tried(loser.deployment, "hedge_lost", cost: loser.cost) }
                switch outcome.last.result {
                case .success(let answer): return .success(answered(outcome.last, answer))
                case .failure(let failure):
                    failed(outcome.last, failure, sent: sent)
                    if Task.isCancelled { return .failure(Self.gone) }
                    guard failure.triesNextTarget else { return .failure(GatewayError(refusal: failure)) }
                    last = failure
                }
            }
        } catch {
            exchange.picked(attempts)
            return .failure(Task.isCancelled ? Self.gone : error)
        }
        if Task.isCancelled { return .failure(Self.gone) }
        if made == 0 {
            return .failure(
                GatewayError(
                    .providerFailed, "all targets of this model are out of order for now", retryAfter: attempts.wait))
        }
        return .failure(GatewayError(exhausted: last, attempts: made))
    }

    private func answered(_ end: HedgedCall.End, _ answer: UpstreamAnswer) -> Answered {
        exchange.tried(end.attempt.target.deployment, "ok", firstByte: answer.firstByte)
        if !answer.dropped.isEmpty { exchange.note { $0.droppedParameters = answer.dropped } }
        if end.attempt.countsUse {
            let limits = ProviderLimits.read(answer.headers, now: UnixTime.now().milliseconds)
            end.attempt.heard(limits.map(ProviderTruth.Reading.init))
        }
        var firstToken: Duration?
        if case .stream = answer.reply { firstToken = end.duration }
        return Answered(reply: answer.reply, attempt: end.attempt, firstToken: firstToken)
    }

    private func failed(_ end: HedgedCall.End, _ failure: ProviderFailure, sent: Int) {
        let isCancelled = Task.isCancelled
        let cost = end.attempt.end(
            isCancelled ? .cancelled : AttemptEnd(failure), traffic: CallTraffic(sent: sent))
        exchange.tried(end.attempt.target.deployment, isCancelled ? "cancelled" : failure.label, cost: cost)
    }

    /// Whether to ask two targets does no more than to ask one, but for its price: not where the provider keeps what
    /// it answers. Only streams tell soon that they are late.
    private static func mayBeAskedTwice(_ request: ChatRequest) -> Bool {
        request.isStream && request.document.root["store"]?.bool != true
    }

    static let gone = GatewayError(.clientGone, "the client went away before there was an answer")
}

extension UpstreamCaller {
    /// The same without throwing.
    fileprivate func result(of request: ChatRequest, target: Target) async -> Result<UpstreamAnswer, ProviderFailure> {
        do throws(ProviderFailure) { return .success(try await call(request, target: target)) } catch {
            return .failure(error)
        }
    }
}

extension UpstreamStream {
    /// - Parameter sent: bytes of the request.
    func traffic(sent: Int) -> CallTraffic { CallTraffic(sent: sent, received: receivedBytes, usage: usage) }
}

extension AttemptEnd {
    /// What a failure says of the target.
    init(_ failure: ProviderFailure) {
        switch failure.kind {
        case .rateLimited:
            self = .rateLimited(failure.retryAfter, of: failure.spent.map(LimitDimension.init) ?? .requests)
        // An account without money has some again when somebody pays.
        case .quotaGone:
            self = .rateLimited(
                failure.retryAfter ?? .seconds(300), of: failure.spent.map(LimitDimension.init) ?? .requests)
        // Also what a region or a moderation refuses is answered so: that says nothing of the key.
        case .auth where failure.status == 403: self = .refused
        case .auth: self = .keyRefused
        case .contextTooLong, .contentPolicy, .badRequest, .modelNotFound, .unsupported: self = .refused
        case .timeout:
            self = .failed(isTimeout: true, wasSent: failure.wasSent, wasRefused: failure.status != nil)
        case .overloaded, .serverError, .malformedAnswer, .truncated, .streamError, .transport:
            self = .failed(
                isTimeout: false, wasSent: failure.wasSent,
                wasRefused: failure.status != nil || failure.kind == .streamError)
        }
    }
}
