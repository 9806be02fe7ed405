package import GatewayCore

/// What an operator does with stored entries: nothing here is fast.
package protocol EntryCatalog: Sendable {
    /// Where an entry stands; nil when it is not there.
    func partition(of entry: EntryID) async throws(CacheStoreError) -> PartitionID?

    /// Looks at every entry of a tenant's, in no order; one may come twice.
    /// - Parameter visit: is told what is known of the entry but its answer and vector, and says whether to delete it.
    /// - Returns: how many were deleted.
    func walk(
        _ tenant: TenantID, visit: @Sendable (StoredEntry) -> Bool
    ) async throws(CacheStoreError) -> Int

    /// The questions of entries, in their order; nil where there is none any more.
    func questions(
        of entries: [(entry: EntryID, partition: PartitionID)]
    ) async throws(CacheStoreError) -> [String?]
}
