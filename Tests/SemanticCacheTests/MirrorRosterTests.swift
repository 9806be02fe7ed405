import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import Testing

@testable import SemanticCache

/// A roster that knows exactly what a store holds.
private final class StoreRoster: EntryRoster {
    let shards = 4
    private let store: InMemoryCacheStore
    private let counts = NIOLockedValueBox((sums: 0, resets: 0))
    private let extra = NIOLockedValueBox(IndexSum())

    init(_ store: InMemoryCacheStore) { self.store = store }

    var asked: Int { counts.withLockedValue { $0.sums } }
    var resets: Int { counts.withLockedValue { $0.resets } }

    /// From now on one sum says more than there is, until it is reset.
    func spoil() { extra.withLockedValue { $0 = IndexSum(count: 1, ids: 7) } }

    func sums(at position: FeedPosition, encoder: EncoderIdentity) async throws(CacheStoreError) -> [RosterSum] {
        counts.withLockedValue { $0.sums += 1 }
        let isComparable = try await store.head().lastSeen == position.lastSeen
        var sums = [IndexSum](repeating: IndexSum(), count: shards)
        let now = UnixTime.now()
        for entry in try await all(encoder) where entry.expires > now {
            sums[entry.partition.shard(of: shards)].add(EntryKey(entry.id))
        }
        sums[0].add(extra.withLockedValue { $0 })
        return sums.map { RosterSum(sum: $0, taken: now, isComparable: isComparable) }
    }

    func members(
        of shard: Int, from cursor: String, encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> (members: [RosterMember], next: String) {
        let found = try await all(encoder).filter { $0.partition.shard(of: shards) == shard }
        return (found.map { RosterMember(entry: $0.id, expires: $0.expires) }, "0")
    }

    func mirrored(
        _ entries: [EntryID], of shard: Int, encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> [MirroredEntry] {
        try await all(encoder).filter { entries.contains($0.id) }
    }

    func settle(
        _ members: [RosterMember], of shard: Int, encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> [Bool] {
        let known = Set(try await all(encoder).map(\.id))
        return members.map { known.contains($0.entry) }
    }

    func reset(_ shard: Int, encoder: EncoderIdentity) async throws(CacheStoreError) {
        counts.withLockedValue { $0.resets += 1 }
        extra.withLockedValue { $0 = IndexSum() }
    }

    private func all(_ encoder: EncoderIdentity) async throws(CacheStoreError) -> [MirroredEntry] {
        do {
            return try await store.everything(of: encoder)
        } catch {
            throw CacheStoreError(.unavailable, "\(error)")
        }
    }
}

@Suite("The mirror's sums", .timeLimit(.minutes(1)))
struct MirrorRosterTests {
    private let samples = SampleEntries()
    private let store = InMemoryCacheStore()

    /// Runs `body` beside a mirror that no walk helps, and that checks its sums behind each change.
    private func withMirror(
        _ roster: StoreRoster, _ body: (_ mirror: IndexMirror, _ index: VectorIndex) async throws -> Void
    ) async throws {
        for number in 0..<20 { try await store.save(samples.entry(number, in: UInt8(number % 3))) }
        let feed = ScriptedFeed(store)
        feed.blind()
        let index = VectorIndex(dimension: 16)
        let mirror = IndexMirror(
            feed: feed, index: index, encoder: samples.encoder, logger: quiet, roster: roster, rosterInterval: .zero,
            sweepInterval: .zero)
        let running = Task { try await mirror.run() }
        let result: Result<Void, any Error>
        do {
            try await eventually { mirror.isComplete }
            result = .success(try await body(mirror, index))
        } catch {
            result = .failure(error)
        }
        running.cancel()
        try await running.value
        try result.get()
    }

    /// Waits for some checks: each comes behind a change.
    private func pass(_ checks: Int, of roster: StoreRoster) async throws {
        let goal = roster.asked + checks
        try await eventually {
            try? await store.save(samples.bareEntry(1000))
            return roster.asked >= goal
        }
    }

    @Test("What no walk has seen is found by sums that differ twice, on both sides")
    func repairs() async throws {
        let roster = StoreRoster(store)
        try await withMirror(roster) { mirror, index in
            index.remove(SampleEntries.id(4), in: SampleEntries.partition(1))
            index.add(samples.mirrored(100, in: 2))
            try await eventually {
                try? await store.save(samples.bareEntry(1000))
                return index.holds(SampleEntries.id(4), in: SampleEntries.partition(1))
                    && !index.holds(SampleEntries.id(100), in: SampleEntries.partition(2))
            }
            #expect(index.count == 20)
            #expect(mirror.figures.mismatches == 2, "the shards of both partitions")
            #expect(mirror.figures.missing == 1)
            #expect(mirror.figures.gone == 1)
            #expect(roster.resets == 0)
        }
    }

    @Test("Equal sums ask for nothing, also when a lookup has let go of an entry that the store still holds")
    func released() async throws {
        let roster = StoreRoster(store)
        try await withMirror(roster) { mirror, index in
            let partition = try #require(index.partition(SampleEntries.partition(1)))
            let row = try #require(partition.chunks.first?.rows.compactMap { $0 }.first)
            partition.remove(row)
            try await pass(20, of: roster)
            #expect(mirror.figures.mismatches == 0)
            #expect(!index.holds(row.id, in: SampleEntries.partition(1)), "nobody should find it again")
            // Deleted, it is expected no longer.
            try await store.delete(row.id, in: SampleEntries.partition(1))
            try await pass(20, of: roster)
            #expect(mirror.figures.mismatches == 0)
        }
    }

    @Test("A sum that differs although all entries are the same is not trusted any more")
    func wrongSum() async throws {
        let roster = StoreRoster(store)
        try await withMirror(roster) { mirror, index in
            roster.spoil()
            try await eventually {
                try? await store.save(samples.bareEntry(1000))
                return roster.resets == 1
            }
            try await pass(10, of: roster)
            #expect(mirror.figures.mismatches == 1)
            #expect(index.count == 20)
        }
    }
}
