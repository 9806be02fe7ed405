package import GatewayCore
import NIOConcurrencyHelpers
import NIOCore
import Routing
package import Telemetry

/// The record of one request while it is being answered. However the request ends, it is recorded exactly once: by
/// ``finish(isClientGone:)``, or when the last holder lets go.
package final class Exchange: Sendable {
    private struct State {
        var record: ExchangeRecord
        var isFinished = false
        var write: Task<WriteOutcome, Never>?
    }

    private let state: NIOLockedValueBox<State>
    private let recorder: Recorder
    /// The one who asked.
    package let client: any ClientPresence
    /// How it speaks.
    package let api: ClientAPI

    package init(
        recorder: Recorder, client: any ClientPresence, api: ClientAPI = .chat, requestID: RequestID = RequestID(),
        isRefresh: Bool = false
    ) {
        self.api = api
        self.recorder = recorder
        self.client = client
        self.state = NIOLockedValueBox(State(
            record: ExchangeRecord(requestID: requestID, received: .now, isRefresh: isRefresh)))
        if !isRefresh { recorder.began() }
    }

    deinit { end(isClientGone: true, at: .now) }

    /// What is known so far.
    package var record: ExchangeRecord { state.withLockedValue { $0.record } }

    /// Notes something.
    package func note(_ change: (inout ExchangeRecord) -> Void) {
        state.withLockedValue { change(&$0.record) }
    }

    /// Notes that nobody waits for the answer any more. Does not end the exchange: who writes the reply does.
    func clientLeft() { note { $0.isClientGone = true } }

    /// Records the exchange, the first time only, when it is known what became of the answer in the store.
    /// - Parameter isClientGone: whether the reply could not be written to its end.
    package func finish(isClientGone: Bool) async {
        let now = ContinuousClock.now
        if let write = state.withLockedValue({ $0.write }) {
            let outcome = await write.value
            note { $0.write = outcome }
        }
        end(isClientGone: isClientGone, at: now)
    }

    private func end(isClientGone: Bool, at time: ContinuousClock.Instant) {
        let record: ExchangeRecord? = state.withLockedValue { state in
            guard !state.isFinished else { return nil }
            state.isFinished = true
            if isClientGone { state.record.isClientGone = true }
            state.record.timings.total = state.record.received.duration(to: time)
            return state.record
        }
        if let record { recorder.record(record) }
    }
}

// MARK: - What the stages came to

extension Exchange {
    func identified(_ scope: CacheScope) { note { $0.tenant = scope.tenant } }

    /// What is left of limits. Of a kind that was told before, the later word counts.
    func limited(_ standings: [LimitStanding]) {
        guard !standings.isEmpty else { return }
        let notes = standings.map { LimitNote($0) }
        note { record in
            record.limits.removeAll { old in notes.contains { $0.name == old.name } }
            record.limits += notes
        }
    }

    func chose(_ attempts: RouteAttempts) {
        let decision = recorder.wantsDecisions ? String(buffer: attempts.record) : nil
        note { record in
            record.stage = attempts.explanation?.stage
            record.decision = decision
        }
    }

    /// What asking for room has come to.
    func picked(_ attempts: RouteAttempts) {
        guard !attempts.picks.isEmpty else { return }
        limited(attempts.standings)
        note { record in
            record.picks = attempts.picks
            record.budgets = attempts.budgets
        }
    }

    /// How the target that answers was drawn.
    func learned(_ choice: LearnedChoice) {
        let lesson = recorder.wantsDecisions ? String(buffer: choice.record) : nil
        note { record in
            record.isTrial = choice.chance == nil ? nil : choice.isTrial
            record.lesson = lesson
        }
    }

    func planned(_ plan: RoutePlan) { note { $0.route = plan.route } }

    func analyzed(_ request: ChatRequest) {
        note { record in
            record.isStream = request.isStream
            record.timings.analyze = record.received.duration(to: .now)
        }
    }

    /// - Parameter tells: whether the caller wants to hear of it.
    func judged(_ judgment: CacheJudgment, tells: Bool) {
        note { record in
            record.judgment = judgment
            record.tellsJudgment = tells
        }
    }

    /// - Parameter hit: what would have been served; nil for nothing.
    func shadowed(_ hit: CacheHit?) {
        note { $0.shadow = hit?.outcome ?? .miss }
        if let hit { missed(.shadow, outcome: .miss, similarity: hit.similarity) }
    }

    /// - Parameter saved: what its answer cost when it was made, in nano-dollars; nil when that is not known.
    func priced(saved: Int?) { note { $0.saved = saved } }

    func served(_ hit: CacheHit) {
        note { record in
            record.outcome = hit.outcome
            record.entry = hit.entry
            record.similarity = hit.similarity
            record.age = hit.age
            record.freshness = hit.freshness
            record.resolvedModel = hit.model
            record.usage = hit.usage
        }
    }

    /// It gets the stream of another's call.
    func shares(similarity: Float?) {
        note { record in
            record.outcome = .coalesced
            record.sharing = similarity == nil ? .process : .similar
            record.similarity = similarity
        }
    }

    /// A hit that the caller does not get, as it has used up its limit.
    func withheld() { missed(nil, outcome: .bypass, similarity: nil) }

    func missed(_ reason: MissReason?, outcome: CacheOutcome, similarity: Float?) {
        note { record in
            record.outcome = outcome
            record.missReason = reason
            record.similarity = similarity
            // Of a hit that could not be served.
            record.entry = nil
            record.age = nil
            record.freshness = nil
            record.resolvedModel = nil
            record.usage = nil
            record.saved = nil
        }
    }

    func tried(_ attempt: RouteAttempt, _ result: String, firstByte: Duration? = nil, cost: Int? = nil) {
        var call = AttemptRecord(
            deployment: attempt.target.deployment, result: result, firstByte: firstByte, cost: cost,
            reason: attempt.reason.rawValue)
        call.isLastResort = attempt.reason == .failing
        note { $0.attempts.append(call) }
    }

    /// The answer of a call that was taken for a refusal is the client's after all: of all that were made it is the
    /// one that counts.
    func cameBack(to attempt: RouteAttempt) {
        note { record in
            let deployment = attempt.target.deployment
            guard let index = record.attempts.lastIndex(where: { $0.deployment == deployment }) else { return }
            var call = record.attempts.remove(at: index)
            call.result = "ok"
            record.attempts.append(call)
        }
    }

    /// A second call beside another one, which answered first.
    func outrun(_ deployment: DeploymentID, cost: Int?) {
        let attempt = AttemptRecord(deployment: deployment, result: "hedge_lost", cost: cost)
        note { $0.attempts.append(attempt) }
    }

    /// What asking targets has come to.
    func dispatched(_ attempts: RouteAttempts) {
        picked(attempts)
        note { record in
            if let wait = attempts.queued { record.queued = wait }
            record.isRetryBudgetSpent = attempts.isBudgetSpent
        }
    }

    /// What the call that was made last came to.
    /// - Parameter cost: in nano-dollars; nil when it is not known, or was told before.
    func settled(cost: Int?) {
        note { record in
            guard let cost, let last = record.attempts.indices.last else { return }
            record.attempts[last].cost = cost
        }
    }

    func answered(_ answer: ChatAnswer) {
        note { record in
            record.resolvedModel = answer.model
            record.usage = answer.usage
        }
    }

    /// The answer is on its way to the store; its word is waited for at the exchange's end.
    func keeping(_ write: Task<WriteOutcome, Never>) { state.withLockedValue { $0.write = write } }

    /// Whether the store was told of the answer: then the answer's last bytes must not leave before the store's.
    package var isKeeping: Bool { state.withLockedValue { $0.write != nil } }

    /// The call that had answered did not stay the course.
    func streamBroke(label: String) {
        note { record in
            guard let last = record.attempts.indices.last else { return }
            record.attempts[last].result = label
        }
    }

    func failed(_ error: GatewayError) {
        note { record in
            record.errorCode = error.code
            record.refusal = error.refusal
            if let limit = error.limit {
                record.limits.removeAll { $0.name == limit.name }
                record.limits.append(limit)
            }
            if error.code == .clientGone { record.isClientGone = true }
        }
    }
}
