package import GatewayCore

/// Where replicas agree on who makes an answer anew. Redis in production; ``InMemoryRefreshStore`` in tests. One
/// conformance suite holds for both.
package protocol RefreshStore: Sendable {
    /// Asks for the right to make an answer anew. Of all that have seen the same answer one gets it, until it is made,
    /// given up or the time is over, or another answer is stored without it or the answer deleted.
    /// - Parameters:
    ///   - created: of the answer that was seen.
    ///   - life: after this somebody else may try.
    func claim(
        _ entry: EntryID, in partition: PartitionID, seen created: UnixTime, for life: Duration
    ) async throws(CacheStoreError) -> RefreshClaim

    /// Puts the new answer in the place of the old one and ends the lease, if nobody has taken over, and the old one
    /// was neither deleted nor replaced since. The old one's fence stays.
    /// - Returns: whether it was stored.
    func save(_ entry: StoredEntry, under lease: RefreshLease) async throws(CacheStoreError) -> Bool

    /// Ends a lease under which nothing was stored.
    /// - Parameter pause: so long nobody tries again.
    func giveUp(
        _ lease: RefreshLease, of entry: EntryID, in partition: PartitionID, pause: Duration
    ) async throws(CacheStoreError)
}
