import GatewayCore
import NIOCore
import ProviderAPIs
import Routing
import Upstream

/// Calls one target after the other with a request that is no conversation, such as one for embeddings, until one
/// answers. Its answer comes whole.
struct WholeDispatch: Sendable {
    /// The answer, and the attempt that must be told how it ends.
    struct Answered<Value: Sendable>: Sendable {
        let value: Value
        let attempt: RouteAttempt
    }

    /// How a target is asked, and what its answer says. Pure.
    struct Question<Value: Sendable>: Sendable {
        let call: @Sendable (Target) throws(GatewayError) -> ProviderCall
        /// The body, and who wrote it.
        let read: @Sendable (ByteBuffer, Target) throws(ProviderFailure) -> Value
    }

    let upstream: UpstreamCaller
    let exchange: Exchange

    /// Ends early when the client goes away.
    /// - Parameter sent: bytes of the request.
    /// - Returns: the first answer, or what the client is told.
    func run<Value>(
        _ question: Question<Value>, attempts: RouteAttempts, sent: Int
    ) async throws(GatewayError) -> Answered<Value> {
        let start = ContinuousClock.now
        let result = await exchange.client.whilePresent { await call(question, attempts, sent) }
        exchange.note { $0.timings.upstream = start.duration(to: .now) }
        return try result.get()
    }

    private func call<Value>(
        _ question: Question<Value>, _ attempts: RouteAttempts, _ sent: Int
    ) async -> Result<Answered<Value>, GatewayError> {
        var attempts = attempts
        defer { exchange.dispatched(attempts) }
        var last: ProviderFailure?
        do throws(GatewayError) {
            var turn = try await attempts.next()
            while let attempt = turn {
                exchange.picked(attempts)
                switch await ask(attempt.target, question, until: attempts.deadline) {
                case .success(let (value, posted)):
                    heard(attempt, posted)
                    return .success(Answered(value: value, attempt: attempt))
                case .failure(let failure):
                    failed(attempt, failure, sent: sent, isLate: failure.isOf(attempts.deadline))
                    if Task.isCancelled { return .failure(Dispatch.gone) }
                    last = .telling(last, failure)
                    turn = try await attempts.next(after: CallFailure(failure), of: attempt)
                }
            }
        } catch {
            return .failure(Task.isCancelled ? Dispatch.gone : error)
        }
        return .failure(Task.isCancelled ? Dispatch.gone : Dispatch.refusal(last, attempts))
    }

    private func heard(_ attempt: RouteAttempt, _ posted: UpstreamCaller.Posted) {
        exchange.tried(attempt, "ok", firstByte: posted.firstByte)
        guard attempt.countsUse else { return }
        let limits = ProviderLimits.read(posted.headers, now: UnixTime.now().milliseconds)
        attempt.heard(limits.map(ProviderTruth.Reading.init))
    }

    private func ask<Value>(
        _ target: Target, _ question: Question<Value>, until deadline: ContinuousClock.Instant?
    ) async -> Result<(Value, UpstreamCaller.Posted), ProviderFailure> {
        do throws(ProviderFailure) {
            let posted = try await upstream.post(question.call, to: target, deadline: deadline)
            return .success((try question.read(posted.body, target), posted))
        } catch {
            // Also what reads like an answer may be a refusal, in the provider's words.
            return .failure(error.hiding(target.keys))
        }
    }

    /// - Parameter isLate: the caller's time is over, of which the target is not to blame.
    private func failed(_ attempt: RouteAttempt, _ failure: ProviderFailure, sent: Int, isLate: Bool) {
        let isCancelled = Task.isCancelled
        let end = isCancelled || isLate ? AttemptEnd.cancelled : AttemptEnd(failure)
        let cost = attempt.end(end, traffic: CallTraffic(sent: sent))
        let label = isCancelled ? "cancelled" : isLate ? ProviderFailure.lateLabel : failure.label
        exchange.tried(attempt, label, cost: cost)
    }
}
