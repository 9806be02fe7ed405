package import Logging
import NIOConcurrencyHelpers

/// Asks the store that the fleet shares, and decides by itself when that one is slow or gone.
///
/// Alone, a replica keeps to the limits divided by the replicas last heard of, less a tenth. When the shared store is
/// back nothing is told to it; for a minute both must agree, as it may have forgotten what was used.
///
/// It knows which calls of this replica are under way and renews their leases, which are short: what a replica held
/// that was killed is free again within one life of a lease.
package final class FallbackLimitStore: LimitStore {
    private let shared: any LimitStore
    private let replicas: LiveReplicas
    private let clock: LimitClock
    private let logger: Logger
    private let state: NIOLockedValueBox<StateMachine>

    /// - Parameters:
    ///   - replicas: kept up to date by whoever counts them.
    ///   - policy: for hard budgets.
    package init(
        shared: any LimitStore, replicas: LiveReplicas, policy: BudgetOutagePolicy = .localShare, logger: Logger,
        clock: LimitClock = LimitClock()
    ) {
        self.shared = shared
        self.replicas = replicas
        self.clock = clock
        self.logger = logger
        self.state = NIOLockedValueBox(StateMachine(policy: policy))
    }

    /// Whether this replica decides by itself.
    package var isDegraded: Bool { state.withLockedValue { $0.isAway } }

    package func pick(_ request: PickRequest) async throws(LimitError) -> PickResult {
        let result = try await choose(request)
        if case .granted(let grant) = result { state.withLockedValue { $0.began(grant) } }
        return result
    }

    private func choose(_ request: PickRequest) async throws(LimitError) -> PickResult {
        var open = request
        // Each turn takes one candidate off: what this replica has room for may be full for the fleet.
        while true {
            let (count, now, instant) = (replicas.count, clock.milliseconds, clock.steady())
            switch state.withLockedValue({ $0.pick(open, replicas: count, now: now, at: instant) }) {
            case .answer(let result): return Self.restore(result, from: open, to: request)
            case .askShared: return Self.restore(try await ask(open), from: open, to: request)
            case .probe(let result):
                try await probe(open)
                return result
            case .confirm(let grant):
                let result = try await confirm(grant, of: open)
                guard case .denied(let denial) = result, denial.cause == .upstream, open.candidates.count > 1 else {
                    return Self.restore(result, from: open, to: request)
                }
                open.candidates.remove(at: grant.candidate)
            }
        }
    }

    package func settle(_ settlement: Settlement, then done: @escaping @Sendable () -> Void) {
        settleOwn(settlement)
        if settlement.lease.holder == .shared { shared.settle(settlement, then: done) } else { done() }
    }

    package func feedback(_ truth: ProviderTruth) {
        let (count, now) = (replicas.count, clock.milliseconds)
        state.withLockedValue { $0.feedback(truth, replicas: count, now: now) }
        shared.feedback(truth)
    }

    package func renew(_ leases: [Lease]) {
        let now = clock.milliseconds
        state.withLockedValue { $0.renew(leases, now: now) }
        shared.renew(leases.filter { $0.holder == .shared })
    }

    /// Renews the leases of all calls under way.
    package func renewOpen() {
        let leases = state.withLockedValue { $0.leases }
        if !leases.isEmpty { renew(leases) }
    }

    /// The same again and again, until the task is cancelled.
    package func run(every pause: Duration) async {
        while (try? await Task.sleep(for: pause)) != nil { renewOpen() }
    }

    private func ask(_ request: PickRequest) async throws(LimitError) -> PickResult {
        do throws(LimitError) {
            let result = try await shared.pick(request)
            noteSuccess()
            let (count, now) = (replicas.count, clock.milliseconds)
            if case .granted(let grant) = result {
                state.withLockedValue { $0.record(grant, replicas: count, now: now) }
            }
            return result
        } catch {
            try noteFailure(error)
            return decide(request)
        }
    }

    /// Asks the shared store for a candidate this replica has already reserved for itself.
    private func confirm(_ grant: Grant, of request: PickRequest) async throws(LimitError) -> PickResult {
        var single = request
        single.candidates = [request.candidates[grant.candidate]]
        do throws(LimitError) {
            let result = try await shared.pick(single)
            noteSuccess()
            if case .denied = result { settleOwn(.notCounted(grant.lease)) }
            return Self.restore(result, from: single, to: request)
        } catch {
            settleOwn(.notCounted(grant.lease))
            try noteFailure(error)
            return decide(request)
        }
    }

    /// Asks the shared store and gives back what it grants.
    private func probe(_ request: PickRequest) async throws(LimitError) {
        do throws(LimitError) {
            let result = try await shared.pick(request)
            noteSuccess()
            if case .granted(let grant) = result { shared.settle(.notCounted(grant.lease)) }
        } catch {
            try noteFailure(error)
        }
    }

    private func decide(_ request: PickRequest) -> PickResult {
        let (count, now) = (replicas.count, clock.milliseconds)
        return state.withLockedValue { $0.decide(request, replicas: count, now: now) }
    }

    private func settleOwn(_ settlement: Settlement) {
        let (count, now) = (replicas.count, clock.milliseconds)
        state.withLockedValue { $0.settle(settlement, replicas: count, now: now) }
    }

    private func noteSuccess() {
        let instant = clock.steady()
        guard state.withLockedValue({ $0.succeeded(at: instant) }) else { return }
        logger.notice("the fleet's limits are back")
    }

    /// Throws the error on if it says nothing of the store.
    private func noteFailure(_ error: LimitError) throws(LimitError) {
        if error.code == .cancelled { throw error }
        let instant = clock.steady()
        guard state.withLockedValue({ $0.failed(error, at: instant) }) else { return }
        logger.warning(
            "the fleet's limits are out of reach; this replica keeps to its share",
            metadata: ["reason": "\(error)", "replicas": "\(replicas.count)"])
    }

    /// A grant for part of the candidates, as one for all of them.
    private static func restore(_ result: PickResult, from part: PickRequest, to whole: PickRequest) -> PickResult {
        guard case .granted(let grant) = result, part.candidates.count < whole.candidates.count else { return result }
        let deployment = grant.lease.deployment
        let index = whole.candidates.firstIndex { $0.deployment == deployment } ?? grant.candidate
        return .granted(
            Grant(
                candidate: index, lease: grant.lease, standings: grant.standings, committed: grant.committed,
                isNearBudget: grant.isNearBudget))
    }
}
