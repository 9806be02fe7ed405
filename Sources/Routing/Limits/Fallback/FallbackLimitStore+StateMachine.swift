extension FallbackLimitStore {
    /// What this replica knows of its own use and of the store it shares with the others. Pure.
    ///
    /// Its own use is counted all the time, so that the share it keeps to when the store goes away is not a fresh one.
    /// And it keeps to its share for a minute after the store is back, which may have lost all it knew: nothing is
    /// replayed, and still no minute holds more than the limits.
    struct StateMachine: Sendable {
        /// Who decides on a request.
        enum PickAction: Sendable {
            case askShared
            /// This replica has reserved what the grant says; the shared store is asked for that candidate alone.
            case confirm(Grant)
            /// This replica refuses. The shared store is asked all the same, only to see whether it is back.
            case probe(PickResult)
            case answer(PickResult)
        }

        private var ledger = LimitLedger()
        /// What was granted and is not settled, by this replica or by the store it shares.
        private var open: [LeaseID: Lease] = [:]
        private var breaker = LimitBreaker()
        private var cautiousUntil: ContinuousClock.Instant?
        /// When a refusal asks the shared store next, only to see how it is.
        private var nextLook: ContinuousClock.Instant?
        private let policy: BudgetOutagePolicy

        /// A minute and the second that is counted whole.
        private static let caution: Duration = .seconds(61)
        /// Often enough for the breaker to open within a second.
        private static let look: Duration = .milliseconds(150)

        init(policy: BudgetOutagePolicy) { self.policy = policy }

        var isAway: Bool { breaker.standing == .away }

        mutating func pick(
            _ request: PickRequest, replicas: Int, now: Double, at instant: ContinuousClock.Instant
        ) -> PickAction {
            guard breaker.admits(at: instant) else { return .answer(decide(request, replicas: replicas, now: now)) }
            guard let end = cautiousUntil, instant < end else { return .askShared }
            // Money is the shared store's concern: what it knew of that it has kept or lost for good.
            let answer = ledger.pick(Self.withoutBudgets(request), share: LimitShare(replicas: replicas), now: now)
            if case .granted(let grant) = answer { return .confirm(grant) }
            guard isAway || instant >= nextLook ?? instant else { return .answer(answer) }
            nextLook = instant + Self.look
            return .probe(answer)
        }

        /// Decides without the shared store.
        mutating func decide(_ request: PickRequest, replicas: Int, now: Double) -> PickResult {
            let share = LimitShare(replicas: replicas)
            switch policy {
            case .localShare: return ledger.pick(request, share: share, now: now)
            case .open: return ledger.pick(Self.withoutBudgets(request), share: share, now: now)
            case .closed:
                for scope in request.scopes {
                    guard let budget = scope.budgets.first else { continue }
                    return .denied(
                        Denial(
                            cause: .budget(scope.scope, budget.period), dimension: nil, limit: budget.nanodollars,
                            used: 0, retryAfter: LimitBreaker.probePause))
                }
                return ledger.pick(request, share: share, now: now)
            }
        }

        /// Counts what the shared store granted.
        mutating func record(_ grant: Grant, replicas: Int, now: Double) {
            ledger.record(grant, share: LimitShare(replicas: replicas), now: now)
        }

        /// A call goes out under this grant. One without a life is never settled, and never heard of again.
        mutating func began(_ grant: Grant) {
            if grant.lease.life > .zero { open[grant.lease.id] = grant.lease }
        }

        /// The leases of all calls under way.
        var leases: [Lease] { Array(open.values) }

        /// Renews in this replica's own account.
        mutating func renew(_ leases: [Lease], now: Double) {
            for lease in leases { ledger.renew(lease, now: now) }
        }

        /// - Returns: whether the store was away until now.
        mutating func succeeded(at instant: ContinuousClock.Instant) -> Bool {
            guard breaker.succeeded() else { return false }
            cautiousUntil = instant + Self.caution
            return true
        }

        /// - Returns: whether the store counts as away from now on.
        mutating func failed(_ error: LimitError, at instant: ContinuousClock.Instant) -> Bool {
            // A connection that broke may mean a server that starts anew.
            if error.code == .unavailable { cautiousUntil = instant + Self.caution }
            return breaker.failed(at: instant)
        }

        mutating func settle(_ settlement: Settlement, replicas: Int, now: Double) {
            open[settlement.lease.id] = nil
            ledger.settle(settlement, share: LimitShare(replicas: replicas), now: now)
        }

        mutating func feedback(_ truth: ProviderTruth, replicas: Int, now: Double) {
            ledger.feedback(truth, share: LimitShare(replicas: replicas), now: now)
        }

        private static func withoutBudgets(_ request: PickRequest) -> PickRequest {
            var request = request
            for index in request.scopes.indices { request.scopes[index].budgets = [] }
            return request
        }
    }
}
