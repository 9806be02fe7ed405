import GatewayCore
import NIOConcurrencyHelpers
import Routing
import SemanticCache

/// The stores of a pipeline, each call of which waits until the test lets it through: as round trips do.
final class GatedStore: CacheStore, LimitStore {
    private struct State {
        /// What still waits; nil for everything.
        var held: Set<String>?
        var waiting: [(name: String, continuation: CheckedContinuation<Void, Never>)] = []
        var settled: [Settlement.Outcome] = []
        var watch: (wanted: Set<String>, continuation: CheckedContinuation<Void, Never>)?
    }

    private let entries: FakeStore
    private let limits = LocalLimitStore()
    private let state = NIOLockedValueBox(State())

    init(entries: FakeStore) { self.entries = entries }

    /// What waits now.
    var waiting: [String] { state.withLockedValue { $0.waiting.map(\.name).sorted() } }

    /// How calls were settled, in their order.
    var settled: [Settlement.Outcome] { state.withLockedValue { $0.settled } }

    /// Waits until these wait, and lets them through together: one round trip.
    func pass(_ names: Set<String>) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLockedValue { state in
                if names.isSubset(of: state.waiting.map(\.name)) { return true }
                state.watch = (names, continuation)
                return false
            }
            if isThere { continuation.resume() }
        }
        release { names.contains($0) }
    }

    /// Lets everything else through from now on.
    func open(butNot held: Set<String> = []) {
        state.withLockedValue { $0.held = held }
        release { !held.contains($0) }
    }

    private func release(_ isMeant: (String) -> Bool) {
        let released = state.withLockedValue { state in
            defer { state.waiting.removeAll { isMeant($0.name) } }
            return state.waiting.filter { isMeant($0.name) }
        }
        for call in released { call.continuation.resume() }
    }

    func enter(_ name: String) async {
        await withCheckedContinuation { continuation in
            let resumed = state.withLockedValue { state -> [CheckedContinuation<Void, Never>] in
                if let held = state.held, !held.contains(name) { return [continuation] }
                state.waiting.append((name, continuation))
                guard let watch = state.watch, watch.wanted.isSubset(of: state.waiting.map(\.name)) else { return [] }
                state.watch = nil
                return [watch.continuation]
            }
            for continuation in resumed { continuation.resume() }
        }
    }

    func load(
        _ entry: EntryID, in partition: PartitionID, of tenant: TenantID
    ) async throws(CacheStoreError) -> StoredEntry? {
        await enter("load")
        return try await entries.load(entry, in: partition, of: tenant)
    }

    /// Known from the lookup before: no round trip.
    func generation(of tenant: TenantID) async throws(CacheStoreError) -> CacheGeneration {
        try await entries.generation(of: tenant)
    }

    func purge(_ scope: PurgeScope, of tenant: TenantID) async throws(CacheStoreError) -> CacheGeneration {
        await enter("purge")
        return try await entries.purge(scope, of: tenant)
    }

    func save(_ entry: StoredEntry) async throws(CacheStoreError) {
        await enter("save")
        try await entries.save(entry)
    }

    func delete(_ entry: EntryID, in partition: PartitionID) async throws(CacheStoreError) {
        await enter("delete")
        try await entries.delete(entry, in: partition)
    }

    func pick(_ request: PickRequest) async throws(LimitError) -> PickResult {
        await enter(request.scopes.contains { $0.scope.name.hasSuffix("#admitted") } ? "charge" : "pick")
        return try await limits.pick(request)
    }

    func settle(_ settlement: Settlement, then done: @escaping @Sendable () -> Void) {
        state.withLockedValue { $0.settled.append(settlement.outcome) }
        limits.settle(settlement, then: done)
    }

    func feedback(_ truth: ProviderTruth) { limits.feedback(truth) }

    func renew(_ leases: [Lease]) { limits.renew(leases) }
}
