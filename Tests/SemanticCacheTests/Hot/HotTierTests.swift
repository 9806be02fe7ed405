import GatewayCore
import GatewayTesting
import NIOCore
import Testing

@testable import SemanticCache

@Suite("Hot answers in memory", .timeLimit(.minutes(1)))
struct HotTierTests {
    @Test(
        "It does what every store must do, with memory and without",
        arguments: CacheStoreSuite.Guarantee.allCases, [Duration.zero, .seconds(1_000_000)])
    func conformance(guarantee: CacheStoreSuite.Guarantee, staleness: Duration) async throws {
        // What a store that keeps a ledger would have told it.
        let ledger = PurgeLedger()
        ledger.learn(PurgeRecord(newest: CacheGeneration(1)), of: .open)
        let fixture = HotFixture(staleness: staleness, byteLimit: 8 << 20, ledger: ledger)
        try await CacheStoreSuite(store: fixture.tier, feed: fixture.base, clock: fixture.clock).verify(guarantee)
    }

    @Test("With a staleness of zero the store is asked every time, and nothing is held")
    func strict() async throws {
        let fixture = HotFixture(staleness: .zero)
        try await fixture.tier.save(fixture.samples.entry(1))
        for _ in 0..<5 { #expect(try await fixture.asksStore(1)) }
        #expect(fixture.tier.counts.entries == 0)
        fixture.store.isAway = true
        await #expect(throws: CacheStoreError.self) { try await fixture.load(1) }
    }

    @Test("Within the bound memory answers; at the bound the store is asked, and the bound begins anew")
    func bound() async throws {
        let fixture = HotFixture(staleness: .seconds(10))
        try await fixture.base.save(fixture.samples.entry(1))
        #expect(try await fixture.asksStore(1))
        for _ in 0..<2 {
            #expect(try await !fixture.asksStore(1))
            fixture.clock.advance(by: .milliseconds(9_999))
            #expect(try await !fixture.asksStore(1))
            fixture.clock.advance(by: .milliseconds(1))
            #expect(try await fixture.asksStore(1))
        }
        #expect(
            fixture.tier.counts
                == HotTierCounts(hits: 4, stale: 2, misses: 1, entries: 1, bytes: fixture.tier.counts.bytes))
    }

    @Test("What is held is the whole entry, without the vector")
    func whole() async throws {
        let fixture = HotFixture()
        let entry = fixture.samples.entry(1)
        try await fixture.tier.save(entry)
        let held = try #require(try await fixture.load(1))
        #expect(fixture.store.loads == 0)
        #expect(held.vector == nil)
        #expect(held.answer == entry.answer)
        #expect(held.question == entry.question && held.model == entry.model && held.usage == entry.usage)
        #expect(held.created == entry.created && held.expires == entry.expires)
    }

    @Test("While the store is away memory answers within the bound and not after it; then it answers again")
    func away() async throws {
        let fixture = HotFixture(staleness: .seconds(10))
        try await fixture.tier.save(fixture.samples.entry(1))
        fixture.store.isAway = true
        fixture.clock.advance(by: .milliseconds(9_999))
        #expect(try await fixture.load(1) != nil)
        fixture.clock.advance(by: .milliseconds(1))
        await #expect(throws: CacheStoreError.self) { try await fixture.load(1) }
        fixture.store.isAway = false
        #expect(try await fixture.asksStore(1))
        #expect(try await !fixture.asksStore(1))
    }

    @Test("The bound counts from before the store was asked, not from its answer")
    func slowStore() async throws {
        let fixture = HotFixture(staleness: .seconds(10))
        try await fixture.base.save(fixture.samples.entry(1))
        fixture.store.afterNextLoad { fixture.clock.advance(by: .seconds(6)) }
        #expect(try await fixture.asksStore(1))
        fixture.clock.advance(by: .milliseconds(3_999))
        #expect(try await !fixture.asksStore(1))
        fixture.clock.advance(by: .milliseconds(1))
        #expect(try await fixture.asksStore(1))
    }

    @Test("An entry that expires within the bound is served no more")
    func expiry() async throws {
        let fixture = HotFixture(staleness: .seconds(60))
        try await fixture.tier.save(fixture.samples.entry(1, life: .seconds(5)))
        fixture.clock.advance(by: .milliseconds(4_999))
        #expect(try await fixture.load(1) != nil)
        #expect(fixture.store.loads == 0)
        fixture.clock.advance(by: .milliseconds(1))
        #expect(try await fixture.load(1) == nil)
        #expect(fixture.tier.counts.entries == 0)
    }

    @Test("What others delete is served until the bound at most, and what was found gone is dropped")
    func deletedElsewhere() async throws {
        let fixture = HotFixture(staleness: .seconds(10))
        let entry = fixture.samples.entry(1)
        try await fixture.tier.save(entry)
        try await fixture.base.delete(entry.id, in: entry.partition)
        #expect(try await fixture.load(1) != nil)
        fixture.clock.advance(by: .seconds(10))
        #expect(try await fixture.load(1) == nil)
        #expect(fixture.tier.counts.entries == 0)
    }

    @Test("What is deleted or overwritten through it counts at once, and so does what the change log tells")
    func coherence() async throws {
        let fixture = HotFixture(staleness: .seconds(60))
        let entry = fixture.samples.entry(1)
        try await fixture.tier.save(entry)
        try await fixture.tier.delete(entry.id, in: entry.partition)
        #expect(try await fixture.load(1) == nil)

        try await fixture.tier.save(entry)
        try await fixture.tier.save(fixture.entry(1, bytes: 3))
        #expect(try await fixture.load(1)?.answer.readableBytes == 3)

        try await fixture.base.save(fixture.entry(1, bytes: 4))
        #expect(try await fixture.load(1)?.answer.readableBytes == 3)
        fixture.tier.follow(.added(entry.id, entry.partition))
        #expect(try await fixture.load(1)?.answer.readableBytes == 4)

        try await fixture.base.delete(entry.id, in: entry.partition)
        #expect(try await fixture.load(1) != nil)
        fixture.tier.follow(.deleted(entry.id, entry.partition))
        #expect(try await fixture.load(1) == nil)
    }

    @Test("A provider's answer that a curated one keeps from being stored is not served from memory either")
    func curated() async throws {
        let fixture = HotFixture(staleness: .seconds(60))
        var entry = fixture.entry(1, bytes: 3)
        entry.curation = Curation(answer: "a")
        try await fixture.base.save(entry)
        let refusal = await #expect(throws: CacheStoreError.self) {
            try await fixture.tier.save(fixture.entry(1, bytes: 4))
        }
        #expect(refusal?.code == .superseded)
        #expect(try await fixture.load(1)?.answer.readableBytes == 3)
    }

    @Test("A mirror that follows the store's log tells of every change")
    func mirror() async throws {
        let fixture = HotFixture(staleness: .seconds(60))
        let entry = fixture.samples.entry(1)
        let mirror = IndexMirror(
            feed: fixture.base, index: VectorIndex(dimension: 16), encoder: fixture.samples.encoder, logger: quiet,
            onChange: fixture.tier.follow)
        let running = Task { try await mirror.run() }
        defer { running.cancel() }
        try await eventually { mirror.isComplete }
        try await fixture.base.save(entry)
        // The addition itself may be told of after the load, which then drops what was loaded.
        try await eventually {
            _ = try? await fixture.load(1)
            return fixture.tier.counts.hits > 0
        }
        try await fixture.base.delete(entry.id, in: entry.partition)
        try await eventually {
            guard let found = try? await fixture.load(1) else { return true }
            return found.id != entry.id
        }
        #expect(fixture.tier.counts.entries == 0)
    }

    @Test("An answer that is part of something larger is held in memory of its own")
    func compaction() async throws {
        let fixture = HotFixture()
        var whole = ByteBuffer(repeating: 7, count: 500_000)
        let slice = whole.readSlice(length: 1_000)
        let part = try #require(slice)
        let empty = fixture.tier.counts.bytes
        try await fixture.tier.save(fixture.samples.entry(1, answer: part))
        #expect(try await fixture.load(1)?.answer == part)
        #expect(fixture.store.loads == 0)
        #expect(fixture.tier.counts.bytes - empty < 4_096)
    }
}
