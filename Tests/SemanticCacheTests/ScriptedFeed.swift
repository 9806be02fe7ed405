import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import SemanticCache

/// A store's feed that can be made to fail and that counts what it is asked.
final class ScriptedFeed: CacheChangeFeed {
    struct Counts { var heads = 0, pages = 0, changes = 0, mirrored = 0 }

    private struct State {
        var counts = Counts()
        var failing: Set<String> = []
        var onPage: @Sendable () -> Void = {}
        var onMirrored: @Sendable () async -> Void = {}
        var pageSize = Int.max
        var isBlind = false
    }

    private let store: InMemoryCacheStore
    private let state = NIOLockedValueBox(State())

    init(_ store: InMemoryCacheStore) { self.store = store }

    var counts: Counts { state.withLockedValue { $0.counts } }

    /// From now on these calls fail, and no others.
    func fail(_ calls: String...) { state.withLockedValue { $0.failing = Set(calls) } }

    /// From now on walks find nothing missing and nothing gone.
    func blind() { state.withLockedValue { $0.isBlind = true } }

    /// Hands entries out in pages of this size and tells before each.
    func page(by size: Int, onPage: @escaping @Sendable () -> Void) {
        state.withLockedValue { $0.pageSize = size; $0.onPage = onPage }
    }

    /// Runs before vectors are read, behind the changes that named them.
    func beforeMirrored(_ body: @escaping @Sendable () async -> Void) { state.withLockedValue { $0.onMirrored = body } }

    private func enter(_ call: String, _ count: WritableKeyPath<Counts, Int>) throws(CacheStoreError) {
        let fails = state.withLockedValue { state in
            state.counts[keyPath: count] += 1
            return state.failing.contains(call)
        }
        if fails { throw CacheStoreError(.unavailable, call) }
    }

    func head() async throws(CacheStoreError) -> FeedPosition {
        try enter("head", \.heads)
        return try await store.head()
    }

    func load(
        encoder: EncoderIdentity, into receive: @escaping @Sendable (FeedPiece) -> Void
    ) async throws(CacheStoreError) {
        // By the last id, not by a count: what is deleted meanwhile must not make the walk skip what stays.
        var last = ""
        while true {
            try enter("page", \.pages)
            let (size, onPage) = state.withLockedValue { ($0.pageSize, $0.onPage) }
            onPage()
            let all: [MirroredEntry]
            do {
                all = try await store.everything(of: encoder).sorted { $0.id.description < $1.id.description }
            } catch {
                throw CacheStoreError(.unavailable, "\(error)")
            }
            let rest = all.drop { $0.id.description <= last }
            let page = Array(rest.prefix(size))
            receive(FeedPiece(entries: page, seen: page.count, total: all.count))
            if page.count == rest.count { return }
            last = page.last?.id.description ?? last
            if Task.isCancelled { throw CacheStoreError(.unavailable, "cancelled") }
        }
    }

    func changes(
        after position: FeedPosition, wait: Duration
    ) async throws(CacheStoreError) -> (changes: [CacheChange], position: FeedPosition) {
        try enter("changes", \.changes)
        let result = try await store.changes(after: position, wait: wait)
        // What fails while it is waited for: the connection was lost.
        try enter("changes", \.changes)
        return result
    }

    func mirrored(
        _ entries: [(entry: EntryID, partition: PartitionID)], encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> [MirroredEntry] {
        try enter("mirrored", \.mirrored)
        await state.withLockedValue { $0.onMirrored }()
        return try await store.mirrored(entries, encoder: encoder)
    }

    func listed(
        from cursor: String, atLeast count: Int, encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> (entries: [(entry: EntryID, partition: PartitionID)], next: String) {
        if state.withLockedValue({ $0.isBlind }) { return ([], "0") }
        return try await store.listed(from: cursor, atLeast: count, encoder: encoder)
    }

    func present(
        _ entries: [(entry: EntryID, partition: PartitionID)], encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> Set<EntryID> {
        if state.withLockedValue({ $0.isBlind }) { return Set(entries.map(\.entry)) }
        return try await store.present(entries, encoder: encoder)
    }
}
