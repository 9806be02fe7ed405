extension InMemoryCacheStore: EntryPromoting {
    package func promote(_ entry: StoredEntry) async throws(CacheStoreError) -> Bool {
        let isThere = all.contains { other in
            other.id == entry.id && other.partition == entry.partition && other.expires == entry.expires
                && other.vector == nil && other.curation == nil
        }
        if isThere { try await save(entry) }
        return isThere
    }
}
