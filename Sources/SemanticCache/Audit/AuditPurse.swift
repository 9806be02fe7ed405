/// What judges may cost on one day, over the whole fleet. Redis in production; ``AuditPurseMemory`` in tests.
package protocol AuditPurse: Sendable {
    /// Takes an amount out of what is left today, in billionths of a dollar.
    /// - Parameter limit: of the whole day.
    /// - Returns: whether so much was left; nothing is taken otherwise.
    func take(_ amount: Int, limit: Int) async throws(CacheStoreError) -> Bool

    /// Corrects what was taken by what it came to: a negative amount goes back, a positive one is taken whatever is
    /// left. Nothing can be done where the store does not answer.
    func correct(by amount: Int) async
}
