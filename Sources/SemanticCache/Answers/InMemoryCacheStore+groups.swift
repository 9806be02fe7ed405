package import GatewayCore

extension InMemoryCacheStore: AnswerGrouping {
    package func join(
        _ entry: EntryID, in partition: PartitionID, of tenant: TenantID, to group: UInt64
    ) async throws(CacheStoreError) {
        guard var stored = all.first(where: { $0.id == entry && $0.partition == partition }) else { return }
        stored.group = group
        try await save(stored)
    }
}
