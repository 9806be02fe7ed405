package import GatewayCore
import NIOConcurrencyHelpers
import NIOCore

/// Hot answers in this process's memory, in front of a store (an L1). Within a number of bytes it holds what is asked
/// for most.
///
/// An answer is served from memory only while less than `staleness` has passed since the store was asked for it. So
/// what another replica deletes or overwrites may be served for that long at most, and no longer when the change log
/// tells of it before, see ``follow(_:)``. With a staleness of zero nothing is ever served without asking the store.
/// What is saved and deleted through this object counts at once.
package final class HotTier: CacheStore {
    private let store: any CacheStore
    private let staleness: Duration
    private let clock: @Sendable () -> ContinuousClock.Instant
    private let now: @Sendable () -> UnixTime
    private let state: NIOLockedValueBox<StateMachine>
    private let ledger: PurgeLedger?

    /// - Parameters:
    ///   - byteLimit: for answers, keys and bookkeeping together, by estimate.
    ///   - staleness: how long an answer may be served without asking the store.
    ///   - ledger: where the store notes the purges it hears of: what they are about, or may be, is asked for at once.
    ///   - clock: measures the staleness.
    ///   - now: compared with the entries' expiry.
    package init(
        _ store: any CacheStore, byteLimit: Int, staleness: Duration, ledger: PurgeLedger? = nil,
        clock: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        now: @escaping @Sendable () -> UnixTime = { UnixTime.now() }
    ) {
        self.store = store
        self.staleness = staleness
        self.ledger = ledger
        self.clock = clock
        self.now = now
        let seed = UInt64.random(in: 0...UInt64.max)
        state = NIOLockedValueBox(StateMachine(byteLimit: byteLimit, staleness: staleness, seed: seed))
    }

    /// For metrics.
    package var counts: HotTierCounts { state.withLockedValue { $0.counts } }

    package func load(
        _ entry: EntryID, in partition: PartitionID, of tenant: TenantID
    ) async throws(CacheStoreError) -> StoredEntry? {
        guard staleness > .zero else { return try await store.load(entry, in: partition, of: tenant) }
        let key = HotKey(entry)
        let (instant, now) = (clock(), now())
        let ticket: StateMachine.Ticket
        switch state.withLockedValue({ $0.find(key, in: partition, at: instant, now: now) }) {
        case .serve(let held):
            guard let ledger, ledger.verdict(on: held, of: tenant) != .current else { return held }
            ticket = state.withLockedValue { $0.doubt(key, at: instant) }
        case .ask(let fresh):
            ticket = fresh
        }
        let found = try await store.load(entry, in: partition, of: tenant)
        // What an alias stands for may end under its own id, of which nothing would be heard under this one.
        let held = found.flatMap { $0.id == entry ? Self.compacted($0) : nil }
        state.withLockedValue { $0.settle(key, ticket, found: held) }
        return found
    }

    package func save(_ entry: StoredEntry) async throws(CacheStoreError) {
        try await write(entry.id, leaving: entry) { store throws(CacheStoreError) in try await store.save(entry) }
    }

    package func delete(_ entry: EntryID, in partition: PartitionID) async throws(CacheStoreError) {
        try await write(entry, leaving: nil) { store throws(CacheStoreError) in
            try await store.delete(entry, in: partition)
        }
    }

    package func generation(of tenant: TenantID) async throws(CacheStoreError) -> CacheGeneration {
        try await store.generation(of: tenant)
    }

    package func purge(_ scope: PurgeScope, of tenant: TenantID) async throws(CacheStoreError) -> CacheGeneration {
        let generation = try await store.purge(scope, of: tenant)
        ledger?.learn(PurgeRecord(newest: generation), of: tenant)
        return generation
    }

    /// Drops what a line of the change log is about: whoever wrote it, the store knows better now.
    package func follow(_ change: CacheChange) {
        guard staleness > .zero else { return }
        let key: HotKey
        switch change {
        case .added(let entry, _), .deleted(let entry, _), .vetoed(let entry, _): key = HotKey(entry)
        case .purged(let tenant, let generation):
            ledger?.learn(PurgeRecord(newest: generation), of: tenant)
            return
        }
        let instant = clock()
        state.withLockedValue { _ = $0.beginWrite(key, at: instant) }
    }

    private func write(
        _ entry: EntryID, leaving written: StoredEntry?,
        _ body: (any CacheStore) async throws(CacheStoreError) -> Void
    ) async throws(CacheStoreError) {
        guard staleness > .zero else { return try await body(store) }
        let key = HotKey(entry)
        let instant = clock()
        let ticket = state.withLockedValue { $0.beginWrite(key, at: instant) }
        do throws(CacheStoreError) {
            try await body(store)
        } catch {
            // It may have been written all the same.
            state.withLockedValue { $0.endWrite(key, ticket, written: nil) }
            throw error
        }
        let held = written.map(Self.compacted)
        state.withLockedValue { $0.endWrite(key, ticket, written: held) }
    }

    /// The entry without its vector, which no hit needs, and with its answer in memory of its own where it was part of
    /// something much larger.
    private static func compacted(_ entry: StoredEntry) -> StoredEntry {
        let length = entry.answer.readableBytes
        // Buffers are as large as the next power of two: a copy would be no smaller.
        let isTight = entry.answer.storageCapacity <= 2 * length + 64
        if isTight, entry.vector == nil { return entry }
        var answer = entry.answer
        if !isTight {
            answer = ByteBufferAllocator().buffer(capacity: length)
            answer.writeImmutableBuffer(entry.answer)
        }
        var compacted = StoredEntry(
            id: entry.id, partition: entry.partition, question: entry.question, answer: answer, model: entry.model,
            usage: entry.usage, created: entry.created, expires: entry.expires, vector: nil, labels: entry.labels,
            generation: entry.generation, curation: entry.curation, freshness: entry.freshness,
            group: entry.group)
        compacted.vetoes = entry.vetoes
        return compacted
    }
}
