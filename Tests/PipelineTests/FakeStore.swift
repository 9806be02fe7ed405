import GatewayCore
import NIOConcurrencyHelpers
import SemanticCache

/// A store in memory that can be down, counts what it is asked, and keeps the index as a mirror would.
final class FakeStore: CacheStore {
    private struct State {
        var isDown = false
        var loads = 0
        var saves = 0
        var lying: StoredEntry?
    }

    let base = InMemoryCacheStore()
    private let index: VectorIndex
    private let state = NIOLockedValueBox(State())

    init(index: VectorIndex) { self.index = index }

    var loads: Int { state.withLockedValue { $0.loads } }
    var saves: Int { state.withLockedValue { $0.saves } }

    func goDown() { state.withLockedValue { $0.isDown = true } }

    private func check(_ change: (inout State) -> Void) throws(CacheStoreError) {
        let isDown = state.withLockedValue { state in
            change(&state)
            return state.isDown
        }
        if isDown { throw CacheStoreError(.unavailable, "as told") }
    }

    func load(
        _ entry: EntryID, in partition: PartitionID, of tenant: TenantID
    ) async throws(CacheStoreError) -> StoredEntry? {
        try check { $0.loads += 1 }
        return try await base.load(entry, in: partition, of: tenant)
    }

    func save(_ entry: StoredEntry) async throws(CacheStoreError) {
        try check { $0.saves += 1 }
        try await base.save(entry)
        guard let vector = entry.vector, let question = entry.question else { return }
        index.add(
            MirroredEntry(
                id: entry.id, partition: entry.partition, question: question, expires: entry.expires,
                embedding: vector.embedding, group: entry.group))
    }

    func delete(_ entry: EntryID, in partition: PartitionID) async throws(CacheStoreError) {
        try await base.delete(entry, in: partition)
    }

    func generation(of tenant: TenantID) async throws(CacheStoreError) -> CacheGeneration {
        try check { _ in }
        return try await base.generation(of: tenant)
    }

    func purge(_ scope: PurgeScope, of tenant: TenantID) async throws(CacheStoreError) -> CacheGeneration {
        try check { _ in }
        return try await base.purge(scope, of: tenant)
    }
}
