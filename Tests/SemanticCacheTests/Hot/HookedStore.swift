import GatewayCore
import NIOConcurrencyHelpers
import SemanticCache

/// A store in memory that counts what it is asked, can be away, and waits where a test tells it to.
final class HookedStore: CacheStore {
    private struct State {
        var isAway = false
        var loads = 0
        var afterLoad: (@Sendable () async -> Void)?
        var afterSave: (@Sendable () async -> Void)?
    }

    private let base: InMemoryCacheStore
    private let state = NIOLockedValueBox(State())

    init(_ base: InMemoryCacheStore) { self.base = base }

    var loads: Int { state.withLockedValue { $0.loads } }

    var isAway: Bool {
        get { state.withLockedValue { $0.isAway } }
        set { state.withLockedValue { $0.isAway = newValue } }
    }

    /// What happens between the store's finding and the caller's hearing of it, the next time only.
    func afterNextLoad(_ body: @escaping @Sendable () async -> Void) {
        state.withLockedValue { $0.afterLoad = body }
    }

    /// What happens between the store's writing and the caller's hearing of it, the next time only.
    func afterNextSave(_ body: @escaping @Sendable () async -> Void) {
        state.withLockedValue { $0.afterSave = body }
    }

    private func check() throws(CacheStoreError) {
        if isAway { throw CacheStoreError(.unavailable, "away") }
    }

    func load(
        _ entry: EntryID, in partition: PartitionID, of tenant: TenantID
    ) async throws(CacheStoreError) -> StoredEntry? {
        let hook = state.withLockedValue { state in
            state.loads += 1
            defer { state.afterLoad = nil }
            return state.afterLoad
        }
        try check()
        let found = try await base.load(entry, in: partition, of: tenant)
        await hook?()
        return found
    }

    func save(_ entry: StoredEntry) async throws(CacheStoreError) {
        let hook = state.withLockedValue { state in
            defer { state.afterSave = nil }
            return state.afterSave
        }
        try check()
        try await base.save(entry)
        await hook?()
    }

    func delete(_ entry: EntryID, in partition: PartitionID) async throws(CacheStoreError) {
        try check()
        try await base.delete(entry, in: partition)
    }

    func generation(of tenant: TenantID) async throws(CacheStoreError) -> CacheGeneration {
        try check()
        return try await base.generation(of: tenant)
    }

    func purge(_ scope: PurgeScope, of tenant: TenantID) async throws(CacheStoreError) -> CacheGeneration {
        try check()
        return try await base.purge(scope, of: tenant)
    }
}
