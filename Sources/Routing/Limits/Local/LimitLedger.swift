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
    ///
    /// - Parameter share: to which part of the limits to keep; nil for all of them.
    mutating func pick(_ whole: PickRequest, share: LimitShare? = nil, now: Double) -> PickResult {
        sweep(at: now)
        let request = share?.request(whole) ?? whole
        if let denial = checkScopes(request, UsageCost(request.mostTokens), now: now) { return .denied(denial) }
        let allowance = allowance(of: request.scopes, share, now: now)
        let candidates = request.candidates.prefix(PickRequest.candidateLimit)
        var affordable = false
        let chosen = CandidateChoice(request).choose(candidates.count) { index in
            let candidate = candidates[index]
            guard max(0, candidate.nanodollars) <= allowance.left else { return nil }
            affordable = true
            return headroom(candidate, UsageCost(request.tokens(at: candidate)), now: now)
        }
        guard let chosen else {
            if !affordable, !candidates.isEmpty, let denial = allowance.denial { return .denied(denial) }
            return .denied(upstreamDenial(request, allowance.left, now: now))
        }
        let lease = Lease(of: whole, candidate: chosen, second: UsageWindow.second(now), holder: .local)
        reserve(lease, share, now: now)
        return .granted(grant(lease, candidate: chosen, now: now))
    }

    /// Replaces what was reserved by what was used, once for each lease.
    mutating func settle(_ settlement: Settlement, share: LimitShare? = nil, now: Double) {
        let lease = settlement.lease
        guard let second = deployments[lease.deployment]?.leases.remove(lease.id) else { return }
        let reserved = UsageCost(inputTokens: lease.inputTokens, outputTokens: lease.outputTokens)
        let delta = settlement.cost - reserved
        let isExact = delta == UsageCost(requests: 0, input: 0, output: 0)
        func limits(_ whole: Limits) -> Limits { share?.limits(whole, of: lease) ?? whole }
        if !isExact {
            deployments[lease.deployment]?.window.correct(
                delta, reservedIn: second, now: now, rolling: limits(lease.limits))
        }
        for scope in lease.scopes.prefix(PickRequest.scopeLimit) {
            _ = scopes[scope.scope]?.leases.remove(lease.id)
            if scope.limits.countUse, !isExact {
                scopes[scope.scope, default: Account(window: UsageWindow(now: now))].window.correct(
                    delta, reservedIn: second, now: now, rolling: limits(scope.limits))
            }
            for budget in scope.budgets {
                let key = BudgetKey(scope: scope.scope, period: budget.period)
                budgets[key]?.advance(to: now, budget.period)
                budgets[key]?.settle(Limits.countable(settlement.nanodollars), of: lease.id)
            }
        }
    }

    /// Takes a provider's word.
    mutating func feedback(_ truth: ProviderTruth, share: LimitShare? = nil, now: Double) {
        deployments[truth.deployment, default: Account(window: UsageWindow(now: now))].window
            .learn(share?.truth(truth) ?? truth, now: now)
    }

    /// Counts what was decided elsewhere, for the time when this ledger has to decide.
    mutating func record(_ grant: Grant, share: LimitShare, now: Double) {
        let lease = grant.lease
        reserve(lease, share, now: now)
        let keys = lease.scopes.flatMap { scope in
            scope.budgets.map { BudgetKey(scope: scope.scope, period: $0.period) }
        }
        for (key, committed) in zip(keys, grant.committed) { budgets[key]?.learn(committed: committed) }
    }

    /// Lets a lease hold what it still holds for another life.
    mutating func renew(_ lease: Lease, now: Double) {
        let expiry = now + LimitLedger.milliseconds(lease.life)
        deployments[lease.deployment]?.leases.renew(lease.id, until: expiry)
        for scope in lease.scopes.prefix(PickRequest.scopeLimit) {
            scopes[scope.scope]?.leases.renew(lease.id, until: expiry)
            for budget in scope.budgets {
                budgets[BudgetKey(scope: scope.scope, period: budget.period)]?.renew(lease.id, until: expiry)
            }
        }
    }

    private mutating func reserve(_ lease: Lease, _ share: LimitShare?, now: Double) {
        let expiry = now + LimitLedger.milliseconds(lease.life)
        func limits(_ whole: Limits) -> Limits { share?.limits(whole, of: lease) ?? whole }
        let cost = UsageCost(inputTokens: lease.inputTokens, outputTokens: lease.outputTokens)
        let second = UsageWindow.second(now)
        // Changed where they stand: a copy of the leases for each call would cost more than the rest of it.
        func change(_ account: inout Account, _ whole: Limits, counts: Bool, holds: Bool) {
            if counts {
                account.window.roll(to: now, limits(whole))
                account.window.add(cost, now: now, whole)
            }
            // Without a life nothing is held: there is nothing to settle.
            if holds, expiry > now { account.leases.add(lease.id, second: second, expires: expiry, now: now) }
        }
        let empty = Account(window: UsageWindow(now: now))
        change(&deployments[lease.deployment, default: empty], lease.limits, counts: true, holds: true)
        deployments[lease.deployment]?.window.truth?.take(cost, at: now)
        for scope in lease.scopes.prefix(PickRequest.scopeLimit) {
            change(
                &scopes[scope.scope, default: empty], scope.limits, counts: scope.limits.countUse,
                holds: scope.limits.concurrency != nil)
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
