import NIOConcurrencyHelpers

/// A purse of one process, that of one day.
package final class AuditPurseMemory: AuditPurse {
    private let taken = NIOLockedValueBox(0)

    package init() {}

    /// In billionths of a dollar.
    package var spent: Int { taken.withLockedValue { $0 } }

    package func take(_ amount: Int, limit: Int) async throws(CacheStoreError) -> AuditReceipt? {
        taken.withLockedValue { taken in
            guard amount <= limit - taken else { return nil }
            taken += amount
            return AuditReceipt(day: 0)
        }
    }

    package func correct(_ receipt: AuditReceipt, by amount: Int) async {
        taken.withLockedValue { $0 = max($0 + amount, 0) }
    }
}
