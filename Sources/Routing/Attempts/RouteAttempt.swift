package import GatewayCore
import Synchronization

/// The permission to call one target once. Its first end counts; one that is dropped ends as cancelled.
package final class RouteAttempt: Sendable {
    package let target: Target
    /// Why it was this one's turn.
    package let reason: RankReason
    let candidate: RouteCandidate
    private let ticket: AttemptTicket
    private let lease: Lease?
    private let traits: RequestTraits?
    private let route: String
    private let stayKey: UInt64?
    /// What its answer may teach; nil where nothing learns.
    package let learned: LearnedChoice?
    private let desk: AttemptDesk
    private let start = ContinuousClock.now
    private let isOver = Atomic<Bool>(false)

    init(
        candidate: RouteCandidate, reason: RankReason, ticket: AttemptTicket, lease: Lease?, traits: RequestTraits?,
        route: String, stayKey: UInt64?, learned: LearnedChoice?, desk: AttemptDesk
    ) {
        self.target = candidate.target
        self.reason = reason
        self.candidate = candidate
        self.ticket = ticket
        self.lease = lease
        self.traits = traits
        self.route = route
        self.stayKey = stayKey
        self.learned = learned
        self.desk = desk
    }

    deinit { end(.cancelled) }

    /// Tells how the call ended: health, use and estimates learn from it.
    /// - Parameter traffic: what it came to when the provider did not say what it used.
    /// - Returns: what it cost in nano-dollars; nil when it used nothing, the prices are not known, or something else
    ///   ended it before.
    @discardableResult
    package func end(_ end: AttemptEnd, traffic: CallTraffic = CallTraffic(sent: 0)) -> Int? {
        guard !isOver.exchange(true, ordering: .acquiringAndReleasing) else { return nil }
        let now = ContinuousClock.now
        desk.health.end(ticket, sample(end, at: now), now: now)
        let (settlement, cost) = bill(end, traffic)
        if let settlement { desk.settle(settlement) }
        if case .answered(let usage, _, _, _) = end, let stayKey {
            let stay = AffinityTable.Stay(
                deployment: target.deployment, promptTokens: usage?.promptTokens ?? candidate.estimate.input)
            desk.affinity.keep(stay, of: stayKey, now: now)
        }
        if case .answered(let usage?, _, _, _) = end, let traits {
            desk.estimator.settle(
                traits, model: target.model, profile: candidate.profile, route: route, usage: usage)
        }
        if case .rateLimited(let wait, let dimension) = end {
            let block = ProviderTruth.Block(dimension, wait: wait ?? Self.unsaidWait)
            desk.tell(ProviderTruth(deployment: target.deployment, limits: candidate.limits, blocks: [block]))
        }
        return cost
    }

    /// What must be remembered of its answer to take a judgment of it; nil where nothing learns.
    package func feedbackRecord(tenant: TenantID) -> FeedbackRecord? {
        learned.map { FeedbackRecord(tenant: tenant, route: route, deployment: target.deployment, choice: $0) }
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
        case .answered(let usage, let firstToken, let own, let isTimed):
            return .answered(
                timeToFirstToken: firstToken, duration: own ?? duration,
                outputTokens: isTimed ? usage?.completionTokens : nil)
        case .failed(let isTimeout, _, _): return .hardFailure(waited: isTimeout ? duration : nil)
        case .rateLimited(let wait, _): return .rateLimited(retryAfter: wait)
        case .keyRefused: return .authFailure
        // A count that came says as little of the health of answers as a mistake of the client's.
        case .refused, .uncounted: return .clientError
        case .cancelled, .unused: return .cancelled
        case .outrun(let firstToken): return .outrun(after: firstToken ?? duration, hasBegun: firstToken != nil)
        }
    }

    /// What is to be settled, and what it costs. What a provider did with a call nobody heard the end of is not known:
    /// what was sent and received stands for it.
    private func bill(_ end: AttemptEnd, _ traffic: CallTraffic) -> (Settlement?, cost: Int?) {
        let isEmpty = traffic.received == 0 && traffic.usage == nil
        switch end {
        case .answered(let usage?, _, _, _): return bill(usage)
        case .answered(nil, _, _, _):
            return bill(isEmpty ? candidate.estimate.usage : traffic.usage(input: candidate.estimate.input))
        case .failed(_, wasSent: false, _), .keyRefused, .unused: return (lease.map { .notCounted($0) }, nil)
        case .rateLimited: return (lease.map { .rateLimited($0) }, nil)
        // What a provider counted it is paid for, also where it refused.
        case .failed(_, _, wasRefused: true) where isEmpty, .refused where traffic.usage == nil, .uncounted:
            return (lease.map { .used($0, TokenUsage(), nanodollars: 0) }, nil)
        case .failed, .refused, .cancelled, .outrun: return bill(traffic.usage(input: candidate.estimate.input))
        }
    }

    private func bill(_ usage: TokenUsage) -> (Settlement?, cost: Int?) {
        let cost = candidate.profile?.cost(of: usage)
        return (lease.map { .used($0, usage, nanodollars: cost ?? 0) }, cost)
    }
}
