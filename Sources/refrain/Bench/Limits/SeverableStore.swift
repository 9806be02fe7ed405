import NIOConcurrencyHelpers
import Routing

/// The shared store, with a line to it that can be cut.
final class SeverableStore: LimitStore {
    private let base: any LimitStore
    private let isCut = NIOLockedValueBox(false)

    init(_ base: any LimitStore) { self.base = base }

    func cut(_ value: Bool) { isCut.withLockedValue { $0 = value } }

    func pick(_ request: PickRequest) async throws(LimitError) -> PickResult {
        if isCut.withLockedValue({ $0 }) { throw LimitError(.unavailable, "the line is cut") }
        return try await base.pick(request)
    }

    func settle(_ settlement: Settlement, then done: @escaping @Sendable () -> Void) {
        if isCut.withLockedValue({ $0 }) { done() } else { base.settle(settlement, then: done) }
    }

    func feedback(_ truth: ProviderTruth) {
        if !isCut.withLockedValue({ $0 }) { base.feedback(truth) }
    }

    func renew(_ leases: [Lease]) {
        if !isCut.withLockedValue({ $0 }) { base.renew(leases) }
    }
}
