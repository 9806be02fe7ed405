import CoreMetrics
package import GatewayCore
package import Logging
package import NIOCore

/// Turns what happened to a request into metrics and one log line. `began` is called once for each request
/// and `record` once at its end, from any thread.
package struct Recorder: Sendable {
    let instruments: Instruments
    private let logger: Logger
    private let decisions: (@Sendable (ByteBuffer) -> Void)?
    let lookups: LookupSampling?

    /// No context window holds so many tokens: what a provider claims beyond is not believed.
    private static let tokenLimit = 100_000_000

    /// - Parameters:
    ///   - decisions: takes each recorded choice as one JSON object; must not block. Nil to keep none.
    ///   - lookups: takes what the cache decided. Nil to keep nothing of it.
    package init(
        instruments: Instruments, logger: Logger, decisions: (@Sendable (ByteBuffer) -> Void)? = nil,
        lookups: LookupSampling? = nil
    ) {
        self.lookups = lookups
        self.instruments = instruments
        self.logger = logger
        self.decisions = decisions
    }

    /// Whether records should hold the choice of their target.
    package var wantsDecisions: Bool { decisions != nil || logger.logLevel <= .debug }

    /// Counts one more request in flight, until its record comes.
    package func began() { instruments.inFlight.increment() }

    /// Counts the exchange and logs it: at `info` when it failed or its client went away, otherwise at `debug`.
    /// Never logs prompts, replies or secrets; a record holds none.
    package func record(_ record: ExchangeRecord) {
        // Of a request that ended before the pipeline could time it, the time until now.
        let total = record.timings.total ?? record.received.duration(to: .now)
        // What nobody asked for is no request; what it costs and uses counts.
        if !record.isRefresh {
            instruments.inFlight.decrement()
            count(record, total: total)
        }
        countCache(record)
        countProviders(record)
        countRoute(record)
        if let decisions, let line = DecisionLine.json(of: record, at: .now()) { decisions(line) }
        if let lookups, lookups.takes(record.requestID), let line = LookupLine.json(of: record, at: .now()) {
            lookups.add(line)
        }
        log(record, total: total)
    }

    private func log(_ record: ExchangeRecord, total: Duration) {
        let level: Logger.Level = record.status >= 500 || record.isClientGone ? .info : .debug
        // Twenty texts for each request, which most would write for nobody.
        guard logger.logLevel <= level else { return }
        var metadata = AccessLine.metadata(of: record, total: total)
        if let decision = record.decision, logger.logLevel <= .debug {
            metadata[LogKeys.decision] = .string(decision)
        }
        logger.log(level: level, "exchange ended", metadata: metadata)
    }

    /// Counts what became of a response that may be kept, or of a question for one.
    package func told(_ event: StoredResponseEvent) { instruments.stored(event)?.increment() }

    /// Counts a judgment of an answer; the first of each is kept beside the choice it is about.
    /// - Parameters:
    ///   - route: the configured one; nil where the answer is not known.
    ///   - result: nil for one of an answer that is not known.
    ///   - score: 0 to 1; nil when it says nothing of who answered.
    package func judged(_ request: String, route: String?, result: FeedbackResult?, score: Double?) {
        instruments.routing.feedback[.init(route: route, result: result)].increment()
        guard let decisions, let score, result == .learned || result == .capped else { return }
        decisions(DecisionLine.json(ofScore: score, request: request, at: .now()))
    }

    /// Counts what became of an answer that was to be made anew.
    package func refreshed(_ result: RefreshResult) { instruments.refresh(result)?.increment() }

    /// Counts a purge that was acknowledged.
    /// - Parameter subject: what it named, one of a few words.
    package func purged(by subject: String) { instruments.purges[subject].increment() }

    private func count(_ record: ExchangeRecord, total: Duration) {
        let statusClass = (100..<600).contains(record.status) ? record.status / 100 : 0
        instruments.requests[.init(route: record.route, outcome: record.outcome, statusClass: statusClass)].increment()
        instruments.duration(record.outcome)?.recordNanoseconds(total.nanosecondsClamped)
        let timings = record.timings
        instruments.overhead(record.outcome)?.recordNanoseconds(timings.overhead.nanosecondsClamped)
        time(.analyze, timings.analyze)
        time(.findExact, timings.findExact)
        time(.embed, timings.embed)
        time(.findSimilar, timings.findSimilar)
        time(.wait, timings.waited)
        time(.upstream, timings.upstream)
        if record.isClientGone { instruments.clientGone.increment() }
        if let code = record.errorCode { instruments.error(code)?.increment() }
    }

    private func time(_ stage: Instruments.Stage, _ duration: Duration?) {
        guard let duration else { return }
        instruments.stage(stage)?.recordNanoseconds(duration.nanosecondsClamped)
    }

    private func countCache(_ record: ExchangeRecord) {
        if let judgment = record.judgment { instruments.judged(judgment)?.increment() }
        if let shadow = record.shadow { instruments.shadow[.init(route: record.route, outcome: shadow)].increment() }
        let isHit = record.outcome?.isHit ?? false
        if !isHit, let reason = record.missReason { instruments.miss(reason)?.increment() }
        if let sharing = record.sharing { instruments.sharing(sharing)?.increment() }
        if let freshness = record.freshness { instruments.stale(freshness)?.increment() }
        if let write = record.write { instruments.write(write)?.increment() }
        if let similarity = record.similarity {
            (isHit ? instruments.servedSimilarity : instruments.rejectedSimilarity).record(similarity)
        }
        if let usage = record.usage {
            let prompt = min(max(usage.promptTokens, 0), Self.tokenLimit)
            let completion = min(max(usage.completionTokens, 0), Self.tokenLimit)
            instruments.tokens(isHit ? .replayedPrompt : .spentPrompt)?.increment(by: prompt)
            instruments.tokens(isHit ? .replayedCompletion : .spentCompletion)?.increment(by: completion)
        }
    }

    private func countRoute(_ record: ExchangeRecord) {
        let routing = instruments.routing
        if let refusal = record.refusal { routing.refusal(refusal)?.increment() }
        if record.isRetryBudgetSpent { routing.retryBudgets[record.route].increment() }
        for pick in record.picks { routing.pick(pick)?.increment() }
        if let stage = record.stage { routing.decisions[.init(route: record.route, stage: stage)].increment() }
        if let isTrial = record.isTrial, let deployment = record.attempts.last?.deployment {
            routing.learnedChoices[.init(route: record.route, deployment: deployment, isTrial: isTrial)].increment()
        }
        for attempt in record.attempts {
            if attempt.isLastResort { routing.lastResorts[record.route].increment() }
            guard let cost = attempt.cost.flatMap(Dollars.amount) else { continue }
            routing.spend[.init(route: record.route, deployment: attempt.deployment)].increment(by: cost)
        }
        if let saved = record.saved.flatMap(Dollars.amount) { routing.saved[record.route].increment(by: saved) }
        for budget in record.budgets {
            routing.budgets[.init(scope: budget.scope, period: budget.period)].set(budget.share)
        }
    }

    private func countProviders(_ record: ExchangeRecord) {
        for attempt in record.attempts {
            instruments.attempts[.init(deployment: attempt.deployment, result: attempt.result)].increment()
            if let firstByte = attempt.firstByte {
                instruments.firstByte[attempt.deployment].recordNanoseconds(firstByte.nanosecondsClamped)
            }
        }
    }
}
