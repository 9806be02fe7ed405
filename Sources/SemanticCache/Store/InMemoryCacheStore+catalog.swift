package import GatewayCore

extension InMemoryCacheStore: EntryCatalog {
    package func partition(of entry: EntryID) async throws(CacheStoreError) -> PartitionID? {
        all.first { $0.id == entry }?.partition
    }

    package func walk(
        _ tenant: TenantID, visit: @Sendable (StoredEntry) -> Bool
    ) async throws(CacheStoreError) -> Int {
        var deleted = 0
        for entry in all where entry.labels?.labels?.tenant == tenant && visit(entry) {
            try await delete(entry.id, in: entry.partition)
            deleted += 1
        }
        return deleted
    }

    package func questions(
        of entries: [(entry: EntryID, partition: PartitionID)]
    ) async throws(CacheStoreError) -> [String?] {
        let all = all
        return entries.map { wanted in
            all.first { $0.id == wanted.entry && $0.partition == wanted.partition }?.question
        }
    }
}
