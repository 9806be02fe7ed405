package import GatewayCore

/// What an operator looks at. Nothing here is fast, and nothing changes anything.
package protocol EntryReader: Sendable {
    /// Some of a tenant's entries, in no order; one may come on two pages. Purged ones that are not yet erased come,
    /// too.
    /// - Parameters:
    ///   - cursor: where the page before ended; `0` at first.
    ///   - count: how many to look for. A page may have a few more, or fewer where others' entries lie between.
    ///   - isWanted: is told what is known of an entry but its answer and vector.
    /// - Returns: also where to go on; `0` at the end.
    func page(
        of tenant: TenantID, from cursor: String, count: Int, where isWanted: @Sendable (StoredEntry) -> Bool
    ) async throws(CacheStoreError) -> (entries: [StoredEntry], next: String)

    /// An entry with its answer; nil when it is not there.
    func entry(_ id: EntryID) async throws(CacheStoreError) -> StoredEntry?

    /// What is known of entries but their vectors, in their order; nil where there is none any more.
    func entries(
        _ entries: [(entry: EntryID, partition: PartitionID)]
    ) async throws(CacheStoreError) -> [StoredEntry?]
}
