import GatewayCore
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
    }

    private let store: InMemoryCacheStore
    private let state = NIOLockedValueBox(State())

    init(_ store: InMemoryCacheStore) { self.store = store }

    var counts: Counts { state.withLockedValue { $0.counts } }

    /// From now on these calls fail, and no others.
    func fail(_ calls: String...) { state.withLockedValue { $0.failing = Set(calls) } }

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

    func page(from cursor: FeedCursor?, encoder: EncoderIdentity) async throws(CacheStoreError) -> FeedPage {
        try enter("page", \.pages)
        let (size, onPage) = state.withLockedValue { ($0.pageSize, $0.onPage) }
        onPage()
        let all = try await store.page(from: nil, encoder: encoder).entries
            .sorted { $0.id.description < $1.id.description }
        let start = cursor.flatMap { Int($0.token) } ?? 0
        let page = Array(all.dropFirst(start).prefix(size))
        let end = start + page.count
        return FeedPage(entries: page, next: end < all.count ? FeedCursor(token: String(end)) : nil)
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
}
