import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers

@testable import Routing

/// A shared store that a test takes away, brings back, and lets forget everything.
final class AwayLimitStore: LimitStore {
    private struct State {
        var store: LocalLimitStore
        var error: LimitError?
        var asked = 0
        var settled: [LeaseID] = []
        var renewed: [LeaseID] = []
    }

    private let now: @Sendable () -> UnixTime
    private let state: NIOLockedValueBox<State>

    init(now: @escaping @Sendable () -> UnixTime) {
        self.now = now
        state = NIOLockedValueBox(State(store: LocalLimitStore(now: now)))
    }

    /// How often it was asked to pick.
    var asked: Int { state.withLockedValue { $0.asked } }
    var settled: [LeaseID] { state.withLockedValue { $0.settled } }
    var renewed: [LeaseID] { state.withLockedValue { $0.renewed } }

    func goAway(_ code: LimitError.Code = .unavailable) {
        state.withLockedValue { $0.error = LimitError(code, "taken away by the test") }
    }

    func comeBack(empty: Bool = false) {
        state.withLockedValue { state in
            state.error = nil
            if empty { state.store = LocalLimitStore(now: now) }
        }
    }

    func pick(_ request: PickRequest) async throws(LimitError) -> PickResult {
        let (store, error) = state.withLockedValue { state in
            state.asked += 1
            return (state.store, state.error)
        }
        if let error { throw error }
        let result = try await store.pick(request)
        guard case .granted(let grant) = result else { return result }
        // As a store in Redis does.
        let lease = Lease(of: request, candidate: grant.candidate, second: grant.lease.second, holder: .shared)
        return .granted(
            Grant(
                candidate: grant.candidate, lease: lease, standings: grant.standings, committed: grant.committed,
                isNearBudget: grant.isNearBudget))
    }

    func settle(_ settlement: Settlement, then done: @escaping @Sendable () -> Void) {
        state.withLockedValue { $0.settled.append(settlement.lease.id) }
        guard let store = state.withLockedValue({ $0.error == nil ? $0.store : nil }) else { return done() }
        store.settle(settlement, then: done)
    }

    func feedback(_ truth: ProviderTruth) {
        state.withLockedValue { $0.error == nil ? $0.store : nil }?.feedback(truth)
    }

    func renew(_ leases: [Lease]) {
        let store = state.withLockedValue { state in
            state.renewed += leases.map(\.id)
            return state.error == nil ? state.store : nil
        }
        store?.renew(leases)
    }
}
