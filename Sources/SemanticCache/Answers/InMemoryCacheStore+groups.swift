package import GatewayCore

extension InMemoryCacheStore: AnswerGrouping {
    package func join(
        _ entry: EntryID, in partition: PartitionID, of tenant: TenantID, to group: UInt64
    ) async throws(CacheStoreError) {
        guard var found = standing(entry).entry, found.partition == partition else { return }
        found.group = group
        try await save(found)
    }
}
