/// What judges may cost on one day, over the whole fleet. Redis in production; ``AuditPurseMemory`` in tests.
package protocol AuditPurse: Sendable {
    /// Takes an amount out of what is left today, in billionths of a dollar.
    /// - Parameter limit: of the whole day.
    /// - Returns: nil where so much was not left, and nothing was taken.
    func take(_ amount: Int, limit: Int) async throws(CacheStoreError) -> AuditReceipt?

    /// Corrects what was taken by what it came to, on the day it was taken: a negative amount goes back, a positive one
    /// is taken whatever is left. Nothing can be done where the store does not answer.
    func correct(_ receipt: AuditReceipt, by amount: Int) async
}

/// Out of which day's money something was taken.
package struct AuditReceipt: Sendable, Equatable {
    /// Counted from 1970, UTC.
    package let day: Int64

    package init(day: Int64) { self.day = day }
}
