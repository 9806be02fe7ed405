import GatewayCore
import GatewayTesting
import SemanticCache
import Testing

@Suite("Purges and hot answers")
struct HotTierPurgeTests {
    @Test("An answer that is kept from a question since is asked for again, and its questions are known from memory")
    func vetoed() async throws {
        let clock = SettableClock()
        let base = InMemoryCacheStore { clock.now }
        let store = HookedStore(base)
        let tier = HotTier(store, byteLimit: 1 << 20, staleness: .seconds(10), now: { clock.now })
        let entry = SampleEntries(created: clock.now).entry(1)
        try await tier.save(entry)
        let accusation = EntryAccusation(
            entry: entry.id, partition: entry.partition, created: entry.created, question: SampleEntries.id(2),
            accuser: nil)
        #expect(try await base.accuse(accusation, of: .open) == .noted)
        tier.follow(.vetoed(entry.id, entry.partition))
        for _ in 0..<3 {
            #expect(try await tier.load(entry.id, in: entry.partition)?.vetoes == [SampleEntries.id(2)])
        }
    }

    @Test("What a purge may be about is asked for as soon as this replica has heard of the purge")
    func doubted() async throws {
        let clock = SettableClock()
        let base = InMemoryCacheStore { clock.now }
        let store = HookedStore(base)
        let ledger = PurgeLedger()
        let tier = HotTier(
            store, byteLimit: 1 << 20, staleness: .seconds(10), ledger: ledger, now: { clock.now })
        let samples = SampleEntries(created: clock.now)
        let generation = try await base.generation(of: .open)
        ledger.learn(PurgeRecord(newest: generation), of: .open)
        let entry = samples.labelled(1, labels: CacheLabels(tags: ["a"]), at: generation)
        let other = samples.labelled(2, labels: CacheLabels(), at: generation)
        for one in [entry, other] {
            try await tier.save(one)
            #expect(try await tier.load(one.id, in: one.partition) != nil)
        }
        #expect(store.loads == 0)
        let purged = try await base.purge(.tag("a"), of: .open)
        // Nobody has told this replica yet: within the bound it may be served.
        #expect(try await tier.load(entry.id, in: entry.partition) != nil)
        #expect(store.loads == 0)
        tier.follow(.purged(.open, purged))
        #expect(try await tier.load(entry.id, in: entry.partition) == nil)
        #expect(try await tier.load(other.id, in: other.partition) != nil)
        #expect(store.loads == 2)
        #expect(tier.counts.hits == 3)
        #expect(tier.counts.stale == 2)
    }
}
