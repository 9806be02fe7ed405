extension InMemoryCacheStore: EntryPromoting {
    package func promote(_ entry: StoredEntry) async throws(CacheStoreError) -> Bool {
        guard let other = standing(entry.id).entry, other.partition == entry.partition,
            other.expires == entry.expires, other.vector == nil, other.curation == nil
        else { return false }
        try await save(entry)
        return true
    }
}
