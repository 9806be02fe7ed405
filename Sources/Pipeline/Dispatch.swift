import GatewayCore
import NIOCore
import ProviderAPIs
import Routing
import SemanticCache
import Upstream

/// Calls one target after the other until one answers.
///
/// A target has answered when its whole answer is there or, for a stream, when its first content is: until then a
/// failure is answered unseen by another call, of the same target or the next, as the route's rules say. An answer in
/// which nothing stands but that it is refused is such a failure where the route names targets for it; when none of
/// them answers the client gets it all the same.
struct Dispatch: Sendable {
    /// The answer, and the attempt that must be told how it ends.
    struct Answered: Sendable {
        let reply: UpstreamReply
        let attempt: RouteAttempt
        /// What its own call took: until the first content of a stream, or the whole answer.
        let duration: Duration

        /// Until the first content of a stream; nil for an answer that came whole.
        var firstToken: Duration? { if case .stream = reply { duration } else { nil } }
    }

    /// What the calls came to.
    enum Outcome: Sendable {
        case answered(Answered)
        /// No target was called: another replica answers the question.
        case elsewhere(FleetFlights.Claim)
    }

    let upstream: UpstreamCaller
    let exchange: Exchange
    /// What is owed to others who wait for the answer; nil when nobody can.
    var duty: FlightDuty?

    /// Ends early when nobody waits any more.
    /// - Returns: the first answer, or what the client is told.
    func run(_ request: ChatRequest, attempts: RouteAttempts) async throws(GatewayError) -> Outcome {
        let start = ContinuousClock.now
        let presence = duty?.presence(of: exchange.client) ?? exchange.client
        let result = await presence.whilePresent { await call(request, attempts) }
        exchange.note { $0.timings.upstream = start.duration(to: .now) }
        return try result.get()
    }

    private func call(_ request: ChatRequest, _ attempts: RouteAttempts) async -> Result<Outcome, GatewayError> {
        var attempts = attempts
        defer { exchange.dispatched(attempts) }
        var last: ProviderFailure?
        var kept: WithheldAnswer?
        defer { kept?.letGo() }
        do throws(GatewayError) {
            var turn: RouteAttempt?
            if let duty, duty.isAsking {
                switch await FirstTurn.of(attempts, asking: duty) {
                case .elsewhere(let claim): return .success(.elsewhere(claim))
                case .own(let first):
                    attempts = first.attempts
                    turn = try first.result.get()
                }
            } else {
                turn = try await attempts.next()
            }
            while let attempt = turn {
                let end = await call(request, attempt, &attempts, isFirst: last == nil).last
                let failure: ProviderFailure
                if case .failure(let own) = end.result {
                    failure = own
                } else if let withheld = WithheldAnswer(end), withheld.leadsOn(attempts) {
                    passedOver(withheld, sent: request.document.text.readableBytes)
                    failure = withheld.refusal
                    if kept == nil { kept = withheld } else { withheld.letGo() }
                } else {
                    return answered(end)
                }
                if Task.isCancelled { return .failure(Self.gone) }
                last = .telling(last, failure)
                turn = try await attempts.next(after: CallFailure(failure), of: end.attempt)
            }
        } catch {
            if Task.isCancelled || kept == nil { return .failure(Task.isCancelled ? Self.gone : error) }
        }
        if Task.isCancelled { return .failure(Self.gone) }
        guard let first = kept.take() else { return .failure(Self.refusal(last, attempts)) }
        exchange.cameBack(to: first.end.attempt)
        return .success(.answered(given(first.answer, by: first.end)))
    }

    /// What the client is told when no target has answered.
    /// - Parameter last: of all failures the one that says most.
    static func refusal(_ last: ProviderFailure?, _ attempts: RouteAttempts) -> GatewayError {
        if let last {
            return GatewayError(last: last, targets: attempts.targetsCalled, retryAfter: attempts.retryAfter)
        }
        return GatewayError(
            .providerFailed, "all targets of this model are out of order for now", retryAfter: attempts.retryAfter)
    }

    /// Calls a target, and a second one beside it if the first of a request is late. Ends all that did not answer.
    private func call(
        _ request: ChatRequest, _ attempt: RouteAttempt, _ attempts: inout RouteAttempts, isFirst: Bool
    ) async -> HedgedCall.Outcome {
        exchange.picked(attempts)
        let delay = isFirst && Self.mayBeAskedTwice(request) ? attempts.hedgeDelay(for: attempt) : nil
        let (sent, deadline) = (request.document.text.readableBytes, attempts.deadline)
        let outcome: HedgedCall.Outcome
        if let delay {
            let call = HedgedCall(sent: sent) { [upstream] in
                await upstream.result(of: request, target: $0.target, deadline: deadline)
            }
            outcome = await call.run(attempt, delay: delay) { await attempts.hedge() }
        } else {
            let start = ContinuousClock.now
            let result = await upstream.result(of: request, target: attempt.target, deadline: deadline)
            outcome = HedgedCall.Outcome(
                last: HedgedCall.End(attempt: attempt, result: result, duration: start.duration(to: .now)))
        }
        // How long a whole answer took says nothing of the time until its first content.
        let late = deadline.map { ($0, request.isStream ? AttemptEnd.outrun(firstToken: nil) : .cancelled) }
        for end in outcome.failed { failed(end, sent: sent, late) }
        if let loser = outcome.loser { exchange.outrun(loser.deployment, cost: loser.cost) }
        failed(outcome.last, sent: sent, late)
        return outcome
    }

    private func answered(_ end: HedgedCall.End) -> Result<Outcome, GatewayError> {
        guard case .success(let answer) = end.result else { return .failure(Self.gone) }
        exchange.tried(end.attempt, "ok", firstByte: answer.firstByte)
        heard(answer, by: end.attempt)
        return .success(.answered(given(answer, by: end)))
    }

    private func given(_ answer: UpstreamAnswer, by end: HedgedCall.End) -> Answered {
        if !answer.dropped.isEmpty { exchange.note { $0.droppedParameters = answer.dropped } }
        return Answered(reply: answer.reply, attempt: end.attempt, duration: end.duration)
    }

    private func heard(_ answer: UpstreamAnswer, by attempt: RouteAttempt) {
        guard attempt.countsUse else { return }
        let limits = ProviderLimits.read(answer.headers, now: UnixTime.now().milliseconds)
        attempt.heard(limits.map(ProviderTruth.Reading.init))
    }

    /// Ends the attempt of an answer that is kept while others are asked: the target is well, and what it counted is
    /// paid.
    private func passedOver(_ withheld: WithheldAnswer, sent: Int) {
        let (attempt, answer) = (withheld.end.attempt, withheld.answer)
        heard(answer, by: attempt)
        let cost = attempt.end(.refused, traffic: withheld.traffic(sent: sent))
        exchange.tried(attempt, withheld.refusal.label, firstByte: answer.firstByte, cost: cost)
    }

    /// Ends an attempt that failed.
    /// - Parameter late: when the caller waits no longer, and what the end is then: no fault of the target's.
    private func failed(_ end: HedgedCall.End, sent: Int, _ late: (deadline: ContinuousClock.Instant, AttemptEnd)?) {
        guard case .failure(let failure) = end.result else { return }
        let overtime = failure.isOf(late?.deadline) ? late?.1 : nil
        let isCancelled = Task.isCancelled
        let cost = end.attempt.end(
            isCancelled ? .cancelled : overtime ?? AttemptEnd(failure), traffic: CallTraffic(sent: sent))
        let result = isCancelled ? "cancelled" : overtime != nil ? ProviderFailure.lateLabel : failure.label
        exchange.tried(end.attempt, result, cost: cost)
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
    fileprivate func result(
        of request: ChatRequest, target: Target, deadline: ContinuousClock.Instant?
    ) async -> Result<UpstreamAnswer, ProviderFailure> {
        do throws(ProviderFailure) {
            return .success(try await call(request, target: target, deadline: deadline))
        } catch {
            return .failure(error)
        }
    }
}

extension UpstreamStream {
    /// - Parameter sent: bytes of the request.
    func traffic(sent: Int) -> CallTraffic { CallTraffic(sent: sent, received: receivedBytes, usage: usage) }
}
