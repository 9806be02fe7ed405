package import GatewayCore
import Synchronization

/// The permission to call one target once. Its first end counts; one that is dropped ends as cancelled.
package final class RouteAttempt: Sendable {
    package let target: Target
    /// Why it was this one's turn.
    package let reason: RankReason
    private let candidate: RouteCandidate
    private let ticket: AttemptTicket
    private let lease: Lease?
    private let traits: RequestTraits?
    private let route: String
    private let stayKey: UInt64?
    private let desk: AttemptDesk
    private let start = ContinuousClock.now
    private let isOver = Atomic<Bool>(false)

    init(
        candidate: RouteCandidate, reason: RankReason, ticket: AttemptTicket, lease: Lease?, traits: RequestTraits?,
        route: String, stayKey: UInt64?, desk: AttemptDesk
    ) {
        self.target = candidate.target
        self.reason = reason
        self.candidate = candidate
        self.ticket = ticket
        self.lease = lease
        self.traits = traits
        self.route = route
        self.stayKey = stayKey
        self.desk = desk
    }

    deinit { end(.cancelled) }

    /// Tells how the call ended: health, use and estimates learn from it.
    /// - Returns: what it cost in nano-dollars; nil when the prices are not known, or something else ended it before.
    @discardableResult
    package func end(_ end: AttemptEnd) -> Int? {
        guard !isOver.exchange(true, ordering: .acquiringAndReleasing) else { return nil }
        let now = ContinuousClock.now
        desk.health.end(ticket, sample(end, at: now), now: now)
        let (settlement, cost) = bill(end)
        if let settlement { desk.settle(settlement) }
        if case .answered(let usage, _) = end, let stayKey {
            let stay = AffinityTable.Stay(
                deployment: target.deployment, promptTokens: usage?.promptTokens ?? candidate.estimate.input)
            desk.affinity.keep(stay, of: stayKey, now: now)
        }
        if case .answered(let usage?, _) = end, let traits {
            desk.estimator.settle(
                traits, model: target.model, profile: candidate.profile, route: route, usage: usage)
        }
        if case .rateLimited(let wait, let dimension) = end {
            let block = ProviderTruth.Block(dimension, wait: wait ?? Self.unsaidWait)
            desk.tell(ProviderTruth(deployment: target.deployment, limits: candidate.limits, blocks: [block]))
        }
        return cost
    }

    /// Whether anybody wants to know what the provider says of its limits.
    package var countsUse: Bool { desk.limits != nil }

    /// Takes what the provider says of its own limits, from the head of any answer.
    package func heard(_ readings: [ProviderTruth.Reading]) {
        guard !readings.isEmpty else { return }
        desk.tell(
            ProviderTruth(
                deployment: target.deployment, limits: candidate.limits, readings: readings,
                uncounted: start.duration(to: .now)))
    }

    /// What a provider is left alone for that refused for its rate and did not say for how long.
    private static let unsaidWait: Duration = .seconds(2)

    private func sample(_ end: AttemptEnd, at now: ContinuousClock.Instant) -> TargetSample {
        let duration = start.duration(to: now)
        switch end {
        case .answered(let usage, let firstToken):
            return .answered(
                timeToFirstToken: firstToken, duration: duration, outputTokens: usage?.completionTokens)
        case .failed(let isTimeout, _): return .hardFailure(waited: isTimeout ? duration : nil)
        case .rateLimited(let wait, _): return .rateLimited(retryAfter: wait)
        case .keyRefused: return .authFailure
        case .refused: return .clientError
        case .cancelled: return .cancelled
        }
    }

    /// What is to be settled, and what it costs. What a provider did with a call nobody heard the end of is not known:
    /// the estimate stands for it, so that limits are kept.
    private func bill(_ end: AttemptEnd) -> (Settlement?, cost: Int?) {
        let estimate = candidate.estimate
        switch end {
        case .answered(let usage, _):
            let usage = usage ?? estimate.usage
            let cost = candidate.profile?.cost(of: usage)
            return (lease.map { .used($0, usage, nanodollars: cost ?? 0) }, cost)
        case .failed(_, wasSent: true):
            return (
                lease.map { .used($0, inputTokens: estimate.input, outputTokens: estimate.output, nanodollars: 0) },
                0
            )
        case .failed(_, wasSent: false), .keyRefused: return (lease.map { .notCounted($0) }, 0)
        case .rateLimited: return (lease.map { .rateLimited($0) }, 0)
        case .refused: return (lease.map { .used($0, inputTokens: 0, outputTokens: 0, nanodollars: 0) }, 0)
        case .cancelled:
            let cost = candidate.cost
            return (
                lease.map {
                    .used(
                        $0, inputTokens: estimate.input, outputTokens: estimate.output, nanodollars: cost ?? 0)
                }, cost
            )
        }
    }
}
