package import GatewayCore

extension InMemoryCacheStore: EntryReader {
    package func page(
        of tenant: TenantID, from cursor: String, count: Int, where isWanted: @Sendable (StoredEntry) -> Bool
    ) async throws(CacheStoreError) -> (entries: [StoredEntry], next: String) {
        let start = Int(cursor) ?? 0
        let wanted = all.filter { $0.labels?.labels?.tenant == tenant && isWanted($0) }
            .sorted { $0.id.description < $1.id.description }
        let end = start + count
        return (Array(wanted.dropFirst(start).prefix(count)), end < wanted.count ? "\(end)" : "0")
    }

    package func entry(_ id: EntryID) async throws(CacheStoreError) -> StoredEntry? { all.first { $0.id == id } }

    package func entries(
        _ entries: [(entry: EntryID, partition: PartitionID)]
    ) async throws(CacheStoreError) -> [StoredEntry?] {
        let all = all
        return entries.map { wanted in all.first { $0.id == wanted.entry && $0.partition == wanted.partition } }
    }
}
