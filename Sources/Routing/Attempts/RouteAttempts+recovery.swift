package import GatewayCore

extension RouteAttempts {
    /// What to call after a call that failed in front of the first content: the same target again after a wait, or
    /// another one. Nil when the client is to be told of the failure.
    ///
    /// Calls of the same target, and of others where none is known to be well, count against the route's budget; when
    /// it is spent there are no such calls.
    /// - Throws: as ``next()``, and `providerTimeout` when the caller waits no longer.
    package mutating func next(
        after failure: CallFailure, of attempt: RouteAttempt
    ) async throws(GatewayError) -> RouteAttempt? {
        if let asked = failure.retryAfter { shortestWait = min(shortestWait ?? asked, asked) }
        let (fallback, lists) = (attempt.candidate.fallback, route.recovery.lists)
        var step = step(after: failure, of: attempt)
        var isPaid = !failure.isTargets
        if case .again(let wait) = step, mayRepeat(attempt, after: wait), pay(&isPaid) {
            // Until the limiter has heard of it, the provider's wait has gone on.
            let margin = failure.retryAfter != nil && desk.limits != nil ? Self.hearsay : .zero
            if let again = await again(attempt, after: wait + margin) { return again }
        }
        if case .again = step { step = RetryCourse.onward(after: failure, fallback: fallback, lists: lists) }
        try checkTime()
        guard leave(attempt, by: step), !candidates.isEmpty else { return nil }
        if hasSoundCandidate { isBudgetSpent = false } else if !pay(&isPaid) { return nil }
        course = RetryCourse()
        return try await next()
    }

    /// Whether another target is left for what a call came to, without a call of the same one.
    package func leadOn(after failure: CallFailure, from attempt: RouteAttempt) -> Bool {
        var others = self
        let step = RetryCourse.onward(
            after: failure, fallback: attempt.candidate.fallback, lists: route.recovery.lists)
        return others.leave(attempt, by: step) && !others.candidates.isEmpty
    }

    // Not in an asynchronous function: there the generator, which has no size, has no address either, and code that is
    // checked by the thread sanitizer reads it.
    private mutating func step(after failure: CallFailure, of attempt: RouteAttempt) -> RetryCourse.Step {
        var generator = SystemRandomNumberGenerator()
        return course.step(
            after: failure, retry: attempt.candidate.retry, fallback: attempt.candidate.fallback,
            lists: route.recovery.lists, using: &generator)
    }

    /// - Throws: `providerTimeout` when the caller waits no longer.
    func checkTime() throws(GatewayError) {
        guard let deadline, desk.clock.now() >= deadline else { return }
        throw GatewayError(.providerTimeout, "there was no answer within the time that the request gave")
    }

    /// A round trip to the limiter, as a rule.
    private static let hearsay = Duration.milliseconds(25)

    /// Not where the wait would end too late, and not where the target is known to fail by now: others have found that
    /// out, and each request would find it out anew.
    private func mayRepeat(_ attempt: RouteAttempt, after wait: Duration) -> Bool {
        if let deadline, desk.clock.now() + wait >= deadline { return false }
        switch desk.health.conditions(of: [attempt.target.deployment], now: .now).first?.standing {
        case .open, .disabled: return false
        case .ready, .probation, .limited, nil: return true
        }
    }

    /// Whether one of the targets that are left is well, as far as anything is known of it. To go there multiplies no
    /// load on what fails: that is what the budget is for, and calls that failed together would use it up at once.
    private var hasSoundCandidate: Bool {
        desk.health.conditions(of: candidates.map(\.target.deployment), now: .now).contains { condition in
            condition.standing == .ready
                && (condition.requests < Self.fewRequests || condition.failureRatio < Self.soundRatio)
        }
    }

    /// With fewer in a minute a share of failures says nothing.
    private static let fewRequests: Int64 = 20
    private static let soundRatio = 0.1

    private mutating func pay(_ isPaid: inout Bool) -> Bool {
        if !isPaid { isPaid = route.recovery.spend(now: desk.clock.now()) }
        isBudgetSpent = !isPaid
        return isPaid
    }

    /// The same target once more, if it has room at once then.
    private mutating func again(_ attempt: RouteAttempt, after wait: Duration) async -> RouteAttempt? {
        if wait > .zero { await desk.clock.sleep(desk.clock.now() + wait) }
        if Task.isCancelled { return nil }
        let (others, patience, called) = (candidates, waiting, targetsCalled)
        defer { (candidates, waiting, targetsCalled, isRepeating) = (others, patience, called, false) }
        (candidates, waiting, isRepeating) = ([attempt.candidate], nil, true)
        return try? await next()
    }

    /// Keeps the targets to which a step leads. False where it leads to none.
    private mutating func leave(_ attempt: RouteAttempt, by step: RetryCourse.Step) -> Bool {
        switch step {
        case .again, .stop: return false
        case .next: return true
        case .nextOf(let names):
            candidates = candidates.compactMap { candidate in
                guard let place = names.firstIndex(of: candidate.target.deployment) else { return nil }
                var candidate = candidate
                candidate.tier = place
                return candidate
            }
            return true
        case .nextLarger:
            guard let window = attempt.candidate.profile?.contextTokens else { return false }
            candidates.removeAll { ($0.profile?.contextTokens ?? 0) <= window }
            return true
        }
    }
}
