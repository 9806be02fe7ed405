package import GatewayCore

/// Where answers are called wrong.
package protocol AccusationStore: Sendable {
    /// Notes who calls an entry wrong, keeps it from the question from now on and tells the change log. The question's
    /// alias ends, if that is why it got the entry. The same twice is as once.
    func accuse(
        _ accusation: EntryAccusation, of tenant: TenantID
    ) async throws(CacheStoreError) -> AccusationResult
}
