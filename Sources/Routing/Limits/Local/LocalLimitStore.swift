package import GatewayCore
import NIOConcurrencyHelpers

/// Limits counted in this process alone: for a single replica, and for tests.
package final class LocalLimitStore: LimitStore {
    private let ledger = NIOLockedValueBox(LimitLedger())
    private let now: @Sendable () -> UnixTime

    package init(now: @escaping @Sendable () -> UnixTime = { UnixTime.now() }) {
        self.now = now
    }

    package func pick(_ request: PickRequest) async throws(LimitError) -> PickResult {
        let now = time()
        return ledger.withLockedValue { $0.pick(request, now: now) }
    }

    package func settle(_ settlement: Settlement, then done: @escaping @Sendable () -> Void) {
        let now = time()
        ledger.withLockedValue { $0.settle(settlement, now: now) }
        done()
    }

    package func feedback(_ truth: ProviderTruth) {
        let now = time()
        ledger.withLockedValue { $0.feedback(truth, now: now) }
    }

    package func renew(_ leases: [Lease]) {
        let now = time()
        ledger.withLockedValue { ledger in
            for lease in leases { ledger.renew(lease, now: now) }
        }
    }

    private func time() -> Double { Double(now().milliseconds) }
}
