import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import NIOCore
import SemanticCache
import Testing

/// What comes between a question to the store and its answer.
@Suite("Hot answers and changes that overlap", .timeLimit(.minutes(1)))
struct HotTierRaceTests {
    private let fixture = HotFixture(staleness: .seconds(60))
    private var entry: StoredEntry { fixture.samples.entry(1) }

    @Test("An answer that was deleted while the store's word was under way is not held")
    func deletedMeanwhile() async throws {
        try await fixture.base.save(entry)
        fixture.store.afterNextLoad { [fixture, entry] in
            try? await fixture.tier.delete(entry.id, in: entry.partition)
        }
        _ = try await fixture.load(1)
        #expect(fixture.tier.counts.entries == 0)
        #expect(try await fixture.load(1) == nil)
    }

    @Test("An answer that the change log told of while the store's word was under way is not held")
    func toldMeanwhile() async throws {
        try await fixture.base.save(entry)
        fixture.store.afterNextLoad { [fixture, entry] in
            try? await fixture.base.delete(entry.id, in: entry.partition)
            fixture.tier.follow(.deleted(entry.id, entry.partition))
        }
        _ = try await fixture.load(1)
        #expect(try await fixture.load(1) == nil)
    }

    @Test("An answer that was deleted while its saving was under way is not held")
    func deletedWhileSaving() async throws {
        fixture.store.afterNextSave { [fixture, entry] in
            try? await fixture.tier.delete(entry.id, in: entry.partition)
        }
        try await fixture.tier.save(entry)
        #expect(try await fixture.load(1) == nil)
    }

    @Test("Of two savings that overlap neither is held: only the store knows the last")
    func overlappingSaves() async throws {
        fixture.store.afterNextSave { [fixture] in
            try? await fixture.tier.save(fixture.entry(1, bytes: 7))
        }
        try await fixture.tier.save(entry)
        #expect(fixture.tier.counts.entries == 0)
        #expect(try await fixture.load(1)?.answer.readableBytes == 7)
    }

    @Test("A saving that failed may have happened: nothing of before it is held")
    func failedSave() async throws {
        try await fixture.tier.save(entry)
        fixture.store.isAway = true
        await #expect(throws: CacheStoreError.self) { try await fixture.tier.save(fixture.entry(1, bytes: 7)) }
        #expect(fixture.tier.counts.entries == 0)
        await #expect(throws: CacheStoreError.self) { try await fixture.load(1) }
    }

    @Test("Of two that asked at once, the one told last does not bring back what it was told of before")
    func lateWord() async throws {
        try await fixture.base.save(entry)
        fixture.store.afterNextLoad { [fixture] in
            // Another replica overwrites, and somebody here asks later and hears of it first.
            try? await fixture.base.save(fixture.entry(1, bytes: 7))
            fixture.clock.advance(by: .milliseconds(1))
            _ = try? await fixture.load(1)
        }
        _ = try await fixture.load(1)
        #expect(try await fixture.load(1)?.answer.readableBytes == 7)
        #expect(fixture.store.loads == 2)
    }

    @Test("Under many readers and writers at once, what was acknowledged is never undone")
    func manyTasks() async throws {
        let (ids, rounds) = (8, 400)
        // The last version of each entry whose writing has ended; odd ones are deletions.
        let acknowledged = NIOLockedValueBox([Int](repeating: 1, count: ids))
        let isOver = NIOLockedValueBox(0)
        let wrong = NIOLockedValueBox<[String]>([])
        await withTaskGroup(of: Void.self) { group in
            for id in 0..<ids {
                group.addTask { [fixture] in
                    for version in 2..<rounds {
                        fixture.store.afterNextLoad { await Task.yield() }
                        if version % 2 == 1 {
                            try? await fixture.tier.delete(SampleEntries.id(id), in: SampleEntries.partition(1))
                        } else {
                            try? await fixture.tier.save(fixture.entry(id, bytes: version))
                        }
                        acknowledged.withLockedValue { $0[id] = version }
                        await Task.yield()
                    }
                    isOver.withLockedValue { $0 += 1 }
                }
                for _ in 0..<3 {
                    group.addTask { [fixture] in
                        while isOver.withLockedValue({ $0 }) < ids {
                            let floor = acknowledged.withLockedValue { $0[id] }
                            let found = (try? await fixture.load(id)) ?? nil
                            let ceiling = acknowledged.withLockedValue { $0[id] } + 1
                            if let version = found?.answer.readableBytes, !(floor...ceiling).contains(version) {
                                wrong.withLockedValue { $0.append("\(id): \(version), not \(floor) to \(ceiling)") }
                            }
                            await Task.yield()
                        }
                    }
                }
            }
        }
        #expect(wrong.withLockedValue { $0 } == [])
        #expect(fixture.tier.counts.hits > 0)
    }
}
