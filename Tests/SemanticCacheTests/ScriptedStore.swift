import GatewayCore
import NIOConcurrencyHelpers
import SemanticCache

/// A store that can be away, or that does something else first.
final class ScriptedStore: CacheStore {
    private let store: InMemoryCacheStore
    private let isAway = NIOLockedValueBox(false)
    private let beforeLoad: @Sendable () async -> Void

    init(_ store: InMemoryCacheStore, isAway: Bool = false, beforeLoad: @escaping @Sendable () async -> Void = {}) {
        self.store = store
        self.beforeLoad = beforeLoad
        self.isAway.withLockedValue { $0 = isAway }
    }

    private func check() throws(CacheStoreError) {
        if isAway.withLockedValue({ $0 }) { throw CacheStoreError(.unavailable, "away") }
    }

    func load(
        _ entry: EntryID, in partition: PartitionID, of tenant: TenantID
    ) async throws(CacheStoreError) -> StoredEntry? {
        try check()
        let found = try await store.load(entry, in: partition, of: tenant)
        await beforeLoad()
        return found
    }

    func save(_ entry: StoredEntry) async throws(CacheStoreError) {
        try check()
        try await store.save(entry)
    }

    func delete(_ entry: EntryID, in partition: PartitionID) async throws(CacheStoreError) {
        try check()
        try await store.delete(entry, in: partition)
    }

    func generation(of tenant: TenantID) async throws(CacheStoreError) -> CacheGeneration {
        try check()
        return try await store.generation(of: tenant)
    }

    func purge(_ scope: PurgeScope, of tenant: TenantID) async throws(CacheStoreError) -> CacheGeneration {
        try check()
        return try await store.purge(scope, of: tenant)
    }
}
