package import GatewayCore

/// Where it is noted that two stored answers are the same though they are worded differently.
package protocol AnswerGrouping: Sendable {
    /// Puts an entry's answer into another group and tells the change log. An entry that is gone is left alone.
    func join(
        _ entry: EntryID, in partition: PartitionID, of tenant: TenantID, to group: UInt64
    ) async throws(CacheStoreError)
}
