package import GatewayCore

/// Hands out the targets of one request, one after the other: the best that is left, has room and may be called.
package struct RouteAttempts: Sendable {
    let route: ConfiguredRoute
    var candidates: [RouteCandidate]
    /// The name the client used.
    let model: String
    let traits: RequestTraits?
    /// Whose limits count: the caller's tenant's, team's and key's, as far as they limit calls.
    let scopes: [ScopeLimits]
    private let sessionKey: UInt64?
    let desk: AttemptDesk
    /// Why these targets; nil on a route that does not choose by what the request needs.
    package let explanation: Explanation?
    /// What the caller has left of its limits, when something counts them.
    package private(set) var standings: [LimitStanding] = []
    /// What became of each question for room, in their order.
    package private(set) var picks: [PickOutcome] = []
    /// The caller's budgets with what this request reserved.
    package private(set) var budgets: [BudgetNote] = []
    /// How long it waited for room; nil when it never did.
    package internal(set) var queued: Duration?
    /// Names the session whose target is preferred; nil for none.
    var stayKey: UInt64?
    /// How long it may wait; nil for not at all.
    var waiting: WaitingRight?
    /// When the caller does not wait any longer; nil for never.
    package internal(set) var deadline: ContinuousClock.Instant?
    /// Different targets that were called.
    package internal(set) var targetsCalled = 0
    /// Whether another call was left out because the route had made its share of them.
    package internal(set) var isBudgetSpent = false
    /// The shortest time that a provider asked to be left alone for.
    var shortestWait: Duration?
    var course = RetryCourse()
    /// Whether the target is called once more behind a wait of its own.
    var isRepeating = false
    /// Targets that may not take the request, on a route whose targets are all alike.
    var rejected: [(candidate: RouteCandidate, rejection: Rejection)] = []
    /// What was learned for this request; nil where nothing learns.
    var learning: LearnedRequest?

    init(
        route: ConfiguredRoute, model: String, candidates: [RouteCandidate], explanation: Explanation?,
        traits: RequestTraits?, scopes: [ScopeLimits], sessionKey: UInt64?, desk: AttemptDesk
    ) {
        self.route = route
        self.model = model
        self.candidates = candidates
        self.explanation = explanation
        self.traits = traits
        self.scopes = scopes
        self.sessionKey = sessionKey
        self.desk = desk
    }

    /// The next target to call; nil when none is left that may be called.
    ///
    /// One round trip to whoever counts use, where anything is limited.
    /// - Throws: `rateLimited` or `budgetExhausted` when limits leave no room, with when there will be;
    ///   `providerTimeout` when the caller waits no longer.
    package mutating func next() async throws(GatewayError) -> RouteAttempt? {
        try checkTime()
        var seat: WaitingRoom.Seat?
        defer { if let seat { desk.room.leave(seat) } }
        if isCounted { seat = try await lineUp() }
        while !candidates.isEmpty {
            let now = ContinuousClock.now
            let ranking = rank(now)
            guard let first = ranking.targets.first else { return nil }
            var (chosen, lease): (RankedTarget, Lease?) = (first, nil)
            if let limits = desk.limits, isCounted {
                let callsEnded = desk.room.callsEnded
                switch try await pick(ranking, limits) {
                case .granted(let grant):
                    if let served = seat.take() { desk.room.served(served) }
                    (chosen, lease) = (ranking.targets[grant.candidate], grant.lease)
                    standings = grant.standings
                case .denied(let denial):
                    seat = try await wait(
                        after: denial, seat.take(), estimate: candidates[first.index].estimate,
                        callsEnded: callsEnded)
                    continue
                }
            } else {
                switch heed(ranking.targets, now: now) {
                case .call(let target):
                    if let served = seat.take() { desk.room.served(served) }
                    chosen = target
                case .leave(let denial):
                    seat = try await wait(
                        after: denial, seat.take(), estimate: candidates[first.index].estimate,
                        callsEnded: desk.room.callsEnded)
                    continue
                }
            }
            let learned = learning?.choice(chosen, in: ranking, of: candidates)
            learning?.isFirst = false
            let candidate = candidates.remove(at: chosen.index)
            if let ticket = desk.health.begin(candidate.target.deployment, now: now) {
                began()
                return RouteAttempt(
                    candidate: candidate, reason: chosen.reason, ticket: ticket, lease: lease, traits: traits,
                    route: route.name, stayKey: stayKey, learned: learned, desk: desk)
            }
            // Another call finds out whether it is well again; it is not for this one.
            if let lease { desk.settle(.notCounted(lease)) }
        }
        return nil
    }

    /// When it makes sense to come again: the earliest time at which a target has room or may be called, as far as
    /// anything is known of it; nil when nothing is.
    package var retryAfter: Duration? {
        if let shortestWait { return shortestWait }
        let wait = desk.health.wait(for: route.places.map(\.target.deployment), now: .now)
        return wait > .zero ? wait : nil
    }

    /// Another target is called. Behind the first only those are left that may be somebody's second.
    private mutating func began() {
        targetsCalled += 1
        guard targetsCalled == 1 else { return }
        route.recovery.count(now: desk.clock.now())
        candidates.removeAll { !$0.fallback.isCandidate }
    }

    private var isCounted: Bool { !scopes.isEmpty || candidates.contains { $0.limits.isLimiting } }

    private func rank(_ now: ContinuousClock.Instant) -> TargetRanking {
        let conditions = desk.health.conditions(of: candidates.map(\.target.deployment), now: now)
        let stay = stayKey.flatMap { desk.affinity.stay(of: $0, now: now) }
        let task = traits?.task ?? .chat
        let ranked = zip(candidates, conditions).map {
            StrategyCandidate($0, condition: $1, task: task, after: stay, learning: learning)
        }
        var generator = SystemRandomNumberGenerator()
        var context = StrategyContext(
            outputTokens: candidates.first?.estimate.output ?? 0, sessionKey: sessionKey)
        context.session = stayKey.map { SessionChoice(key: $0, last: stay?.deployment) }
        context.learning = learning?.rule
        return route.balancer.rank(ranked, context: context, using: &generator)
    }

    private mutating func pick(
        _ ranking: TargetRanking, _ limits: any LimitStore
    ) async throws(GatewayError) -> PickResult {
        var request = PickRequest(
            lease: LeaseID(RequestID().description),
            candidates: ranking.targets.map { ranked in
                let candidate = candidates[ranked.index]
                return PickRequest.Candidate(
                    candidate.target.deployment, tier: candidate.tier + Self.demotion(ranked.reason),
                    limits: candidate.limits, nanodollars: candidate.cost ?? 0,
                    inputTokens: candidate.estimate.input, outputTokens: candidate.estimate.reservedOutput)
            })
        request.softRatio = route.rule.softRatio
        if route.rule.pickMode != .firstFit, learning == nil {
            request.mode = route.rule.pickMode
            request.seed = .random(in: .min ... .max)
            // Alone in front: else the roomiest of its tier would be taken.
            if ranking.targets.first?.reason == .session { request.candidates[0].tier -= 1 }
        }
        request.life = desk.leaseLife
        request.scopes = scopes
        let result: PickResult
        do throws(LimitError) {
            result = try await limits.pick(request)
        } catch {
            picks.append(.failed)
            throw GatewayError(.overloaded, "the limits of this request could not be checked")
        }
        switch result {
        case .granted(let grant):
            picks.append(grant.lease.holder == .shared ? .granted : .grantedAlone)
            budgets = notes(of: grant)
        case .denied: picks.append(.denied)
        }
        return result
    }

    private func notes(of grant: Grant) -> [BudgetNote] {
        let budgets = scopes.flatMap { scope in scope.budgets.map { (scope.scope, $0) } }
        return zip(budgets, grant.committed).map { place, committed in
            BudgetNote(
                scope: place.0.description, period: "\(place.1.period)", committed: committed,
                limit: place.1.nanodollars)
        }
    }

    /// Keeps targets that are not well in tiers of their own, behind those that are.
    private static func demotion(_ reason: RankReason) -> Int {
        switch reason {
        case .slow: 1 << 20
        case .limited: 2 << 20
        case .failing: 3 << 20
        default: 0
        }
    }
}
