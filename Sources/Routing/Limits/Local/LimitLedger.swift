import GatewayCore

/// The rules of limits over the use of one replica: what the Redis scripts do, without Redis. Pure: time is handed in,
/// as milliseconds since 1970.
struct LimitLedger: Sendable {
    /// What is counted for one scope or deployment.
    struct Account: Sendable {
        var window: UsageWindow
        var leases = LeaseBook()
    }

    struct BudgetKey: Hashable, Sendable {
        let scope: LimitScope
        let period: HardBudget.Period
    }

    var deployments: [DeploymentID: Account] = [:]
    var scopes: [LimitScope: Account] = [:]
    var budgets: [BudgetKey: BudgetAccount] = [:]
    private var nextSweep = 0.0

    /// Decides and reserves, or reserves nothing.
    mutating func pick(_ request: PickRequest, now: Double) -> PickResult {
        sweep(at: now)
        let cost = UsageCost(inputTokens: request.inputTokens, outputTokens: request.outputTokens)
        if let denial = checkScopes(request, cost, now: now) { return .denied(denial) }
        let allowance = allowance(of: request.scopes, now: now)
        let candidates = request.candidates.prefix(PickRequest.candidateLimit)
        var affordable = false
        let chosen = CandidateChoice(request).choose(candidates.count) { index in
            let candidate = candidates[index]
            guard max(0, candidate.nanodollars) <= allowance.left else { return nil }
            affordable = true
            return headroom(candidate, cost, now: now)
        }
        guard let chosen else {
            if !affordable, !candidates.isEmpty, let denial = allowance.denial { return .denied(denial) }
            return .denied(upstreamDenial(candidates, cost, allowance.left, now: now))
        }
        let lease = Lease(of: request, candidate: chosen, second: UsageWindow.second(now), holder: .local)
        let life = min(request.life, PickRequest.longestLife)
        reserve(lease, until: now + LimitLedger.milliseconds(life), now: now)
        return .granted(grant(lease, candidate: chosen, now: now))
    }

    /// Replaces what was reserved by what was used, once for each lease.
    mutating func settle(_ settlement: Settlement, now: Double) {
        let lease = settlement.lease
        guard let second = deployments[lease.deployment]?.leases.remove(lease.id) else { return }
        let reserved = UsageCost(inputTokens: lease.inputTokens, outputTokens: lease.outputTokens)
        let delta = settlement.cost - reserved
        deployments[lease.deployment]?.window.correct(
            delta, reservedIn: second, now: now, rolling: lease.limits)
        for scope in lease.scopes.prefix(PickRequest.scopeLimit) {
            _ = scopes[scope.scope]?.leases.remove(lease.id)
            if scope.limits.countUse {
                scopes[scope.scope]?.window.correct(delta, reservedIn: second, now: now, rolling: scope.limits)
            }
            for budget in scope.budgets {
                let key = BudgetKey(scope: scope.scope, period: budget.period)
                budgets[key]?.advance(to: now, budget.period)
                budgets[key]?.settle(max(0, settlement.nanodollars), of: lease.id)
            }
        }
    }

    /// Takes a provider's word.
    mutating func feedback(_ truth: ProviderTruth, now: Double) {
        var account = deployments[truth.deployment] ?? Account(window: UsageWindow(now: now))
        account.window.learn(truth, now: now)
        deployments[truth.deployment] = account
    }

    /// Counts what was decided elsewhere, for the time when this ledger has to decide.
    mutating func record(_ grant: Grant, until expiry: Double, now: Double) {
        let lease = grant.lease
        reserve(lease, until: expiry, now: now)
        let keys = lease.scopes.flatMap { scope in
            scope.budgets.map { BudgetKey(scope: scope.scope, period: $0.period) }
        }
        for (key, committed) in zip(keys, grant.committed) { budgets[key]?.learn(committed: committed) }
    }

    private mutating func reserve(_ lease: Lease, until expiry: Double, now: Double) {
        let cost = UsageCost(inputTokens: lease.inputTokens, outputTokens: lease.outputTokens)
        let second = UsageWindow.second(now)
        var account = deployments[lease.deployment] ?? Account(window: UsageWindow(now: now))
        account.window.roll(to: now, lease.limits)
        account.window.add(cost, now: now, lease.limits)
        account.window.truth?.take(cost)
        account.leases.add(lease.id, second: second, expires: expiry, now: now)
        deployments[lease.deployment] = account
        for scope in lease.scopes.prefix(PickRequest.scopeLimit) {
            var account = scopes[scope.scope] ?? Account(window: UsageWindow(now: now))
            if scope.limits.countUse {
                account.window.roll(to: now, scope.limits)
                account.window.add(cost, now: now, scope.limits)
            }
            if scope.limits.concurrency != nil {
                account.leases.add(lease.id, second: second, expires: expiry, now: now)
            }
            scopes[scope.scope] = account
            for budget in scope.budgets {
                let key = BudgetKey(scope: scope.scope, period: budget.period)
                budgets[key, default: BudgetAccount(budget.period, now: now)]
                    .reserve(lease.nanodollars, for: lease.id, until: expiry)
            }
        }
    }

    /// Once a minute forgets what no decision depends on, so that names that come and go do not pile up.
    private mutating func sweep(at now: Double) {
        guard now >= nextSweep else { return }
        nextSweep = now + 60_000
        for (deployment, account) in deployments {
            deployments[deployment]?.leases.prune(at: now)
            if account.window.isIdle(at: now), deployments[deployment]?.leases.isEmpty ?? true {
                deployments[deployment] = nil
            }
        }
        for (scope, account) in scopes {
            scopes[scope]?.leases.prune(at: now)
            if account.window.isIdle(at: now), scopes[scope]?.leases.isEmpty ?? true { scopes[scope] = nil }
        }
    }

    static func milliseconds(_ duration: Duration) -> Double {
        let (seconds, attoseconds) = duration.components
        return Double(seconds) * 1000 + Double(attoseconds / 1_000_000_000_000_000)
    }
}
