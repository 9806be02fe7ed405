import GatewayCore
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
                made += 1
                do throws(ProviderFailure) {
                    return .success(try await call(request, attempt))
                } catch {
                    if Task.isCancelled { return .failure(Self.gone) }
                    guard error.triesNextTarget else { return .failure(GatewayError(refusal: error)) }
                    last = error
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

    private func call(_ request: ChatRequest, _ attempt: RouteAttempt) async throws(ProviderFailure) -> Answered {
        let deployment = attempt.target.deployment
        let start = ContinuousClock.now
        do throws(ProviderFailure) {
            let answer = try await upstream.call(request, target: attempt.target)
            exchange.tried(deployment, "ok", firstByte: answer.firstByte)
            let limits = ProviderLimits.read(answer.headers, now: UnixTime.now().milliseconds)
            attempt.heard(limits.map(ProviderTruth.Reading.init))
            var firstToken: Duration?
            if case .stream = answer.reply { firstToken = start.duration(to: .now) }
            return Answered(reply: answer.reply, attempt: attempt, firstToken: firstToken)
        } catch {
            let isCancelled = Task.isCancelled
            exchange.tried(deployment, isCancelled ? "cancelled" : error.label)
            attempt.end(isCancelled ? .cancelled : AttemptEnd(error))
            throw error
        }
    }

    private static let gone = GatewayError(.clientGone, "the client went away before there was an answer")
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
        case .auth: self = .keyRefused
        case .contextTooLong, .contentPolicy, .badRequest, .modelNotFound: self = .refused
        case .timeout: self = .failed(isTimeout: true, wasSent: failure.wasSent)
        case .overloaded, .serverError, .malformedAnswer, .truncated, .streamError, .transport:
            self = .failed(isTimeout: false, wasSent: failure.wasSent)
        }
    }
}
