extension LimitLedger {
    /// What the caller's budgets leave for one call.
    struct Allowance {
        /// In billionths of a dollar; may be negative.
        var left = Int.max
        /// What to answer when it is not enough.
        var denial: Denial?
    }

    /// The refusal of the caller's scope that lasts longest, if one has no room.
    mutating func checkScopes(_ request: PickRequest, _ cost: UsageCost, now: Double) -> Denial? {
        var longest = LimitWait(milliseconds: 0)
        var denial: Denial?
        for scope in request.scopes.prefix(PickRequest.scopeLimit) {
            for (wait, cause) in refusals(of: scope, cost, now: now) where wait.milliseconds > longest.milliseconds {
                longest = wait
                denial = Denial(cause, wait)
            }
        }
        return denial
    }

    private mutating func refusals(
        of scope: ScopeLimits, _ cost: UsageCost, now: Double
    ) -> [(LimitWait, Denial.Cause)] {
        if scope.limits.countUse { scopes[scope.scope]?.window.slide(to: now, scope.limits) }
        let account = scopes[scope.scope] ?? Account(window: UsageWindow(now: now))
        var refusals: [(LimitWait, Denial.Cause)] = []
        if let wait = refusal(of: account.window, cost, now: now, scope.limits) {
            refusals.append((wait, .scope(scope.scope)))
        }
        if let wait = concurrencyWait(account, scope.limits, now: now) {
            refusals.append((wait, .concurrency(scope.scope)))
        }
        return refusals
    }

    private func refusal(of window: UsageWindow, _ cost: UsageCost, now: Double, _ limits: Limits) -> LimitWait? {
        var window = window
        window.roll(to: now, limits)
        guard window.headroom(for: cost, now: now, limits) == nil else { return nil }
        var wait = window.wait(for: cost, now: now, limits)
        wait.limit = wait.dimension.flatMap { limits[$0] }
        wait.used = wait.dimension.map { $0.isDaily && !limits.countDays ? 0 : window.used($0) } ?? 0
        return wait
    }

    private func concurrencyWait(_ account: Account, _ limits: Limits, now: Double) -> LimitWait? {
        guard let most = limits.concurrency else { return nil }
        let live = account.leases.live(at: now)
        guard live >= most else { return nil }
        let wait = LimitLedger.milliseconds(Denial.concurrencyWait)
        return LimitWait(milliseconds: wait, dimension: nil, limit: max(0, most), used: Double(live))
    }

    /// Brings the caller's budgets to `now` and takes the tightest.
    mutating func allowance(of scopes: [ScopeLimits], _ share: LimitShare?, now: Double) -> Allowance {
        var tightest = Allowance()
        for scope in scopes.prefix(PickRequest.scopeLimit) {
            for budget in scope.budgets {
                let key = BudgetKey(scope: scope.scope, period: budget.period)
                var account = budgets[key] ?? BudgetAccount(budget.period, now: now)
                account.advance(to: now, budget.period)
                budgets[key] = account
                let whole = Limits.countable(budget.nanodollars)
                let most = share?.budget(whole, committed: account.known) ?? whole
                let left = most - account.committed
                guard left < tightest.left else { continue }
                let wait = LimitWait(
                    milliseconds: account.wait(at: now), limit: most, used: Double(account.committed))
                tightest = Allowance(left: left, denial: Denial(.budget(scope.scope, budget.period), wait))
            }
        }
        return tightest
    }

    /// What a candidate has left after the call; nil when it has no room.
    mutating func headroom(_ candidate: PickRequest.Candidate, _ cost: UsageCost, now: Double) -> Double? {
        deployments[candidate.deployment]?.window.slide(to: now, candidate.limits)
        let account = deployments[candidate.deployment] ?? Account(window: UsageWindow(now: now))
        var window = account.window
        window.roll(to: now, candidate.limits)
        guard let room = window.headroom(for: cost, now: now, candidate.limits) else { return nil }
        guard let most = candidate.limits.concurrency else { return room }
        let live = account.leases.live(at: now)
        return live < most ? min(room, Double(most - live - 1) / Double(most)) : nil
    }

    /// Tells of the candidate that has room first.
    func upstreamDenial(_ request: PickRequest, _ left: Int, now: Double) -> Denial {
        var shortest: LimitWait?
        let candidates = request.candidates.prefix(PickRequest.candidateLimit)
        for candidate in candidates where Limits.countable(candidate.nanodollars) <= left {
            let cost = UsageCost(request.tokens(at: candidate))
            let account = deployments[candidate.deployment] ?? Account(window: UsageWindow(now: now))
            let waits = [
                refusal(of: account.window, cost, now: now, candidate.limits),
                concurrencyWait(account, candidate.limits, now: now),
            ]
            var longest = LimitWait(milliseconds: 0)
            for case let wait? in waits where wait.milliseconds > longest.milliseconds { longest = wait }
            if longest.milliseconds < shortest?.milliseconds ?? .infinity || shortest == nil { shortest = longest }
        }
        return Denial(.upstream, shortest ?? LimitWait(milliseconds: .infinity))
    }

    /// What the caller is told of a call that was let through.
    func grant(_ lease: Lease, candidate: Int, now: Double) -> Grant {
        var book = StandingBook()
        var committed: [Int] = []
        var isNearBudget = false
        for scope in lease.scopes.prefix(PickRequest.scopeLimit) {
            if scope.limits.countUse, let window = scopes[scope.scope]?.window {
                book.add(LimitDimension.allCases.map { window.used($0) }, scope.limits, now: now)
            }
            for budget in scope.budgets {
                let used = budgets[BudgetKey(scope: scope.scope, period: budget.period)]?.committed ?? 0
                committed.append(used)
                if Double(used) > Grant.nearBudget * Double(budget.nanodollars) { isNearBudget = true }
            }
        }
        return Grant(
            candidate: candidate, lease: lease, standings: book.standings, committed: committed,
            isNearBudget: isNearBudget)
    }
}

extension Denial {
    fileprivate init(_ cause: Cause, _ wait: LimitWait) {
        self.init(
            cause: cause, dimension: wait.dimension, limit: wait.limit, used: Int(min(wait.used, 1e15).rounded(.up)),
            retryAfter: wait.duration)
    }
}
