import GatewayCore
import GatewayTesting
import Logging
import NIOConcurrencyHelpers
import NIOCore
import Testing

@testable import SemanticCache

@Suite("The mirror", .timeLimit(.minutes(1)))
struct IndexMirrorTests {
    private let samples = SampleEntries()
    private let store = InMemoryCacheStore()

    /// Runs `body` beside a mirror of `feed`, then cancels the mirror and waits for its end.
    private func withMirror(
        of feed: ScriptedFeed, sweepInterval: Duration = .seconds(5),
        _ body: (_ mirror: IndexMirror, _ index: VectorIndex) async throws -> Void
    ) async throws {
        let index = VectorIndex(dimension: 16)
        let mirror = IndexMirror(
            feed: feed, index: index, encoder: samples.encoder, logger: quiet, sweepInterval: sweepInterval)
        let running = Task { try await mirror.run() }
        let result: Result<Void, any Error>
        do { result = .success(try await body(mirror, index)) } catch { result = .failure(error) }
        running.cancel()
        try await running.value
        try result.get()
    }

    private func ids(_ index: VectorIndex, in partition: UInt8 = 1) -> Set<EntryID> {
        let chunks = index.partition(SampleEntries.partition(partition))?.chunks ?? []
        return Set(chunks.flatMap { $0.rows.compactMap { $0?.id } })
    }

    @Test("It holds what is stored, then what is added, and lets go of what is deleted")
    func follows() async throws {
        for number in 0..<100 { try await store.save(samples.entry(number)) }
        try await withMirror(of: ScriptedFeed(store)) { mirror, index in
            try await eventually { mirror.isComplete }
            #expect(index.count == 100)
            try await store.save(samples.entry(100, in: 2))
            try await eventually { index.count == 101 }
            #expect(ids(index, in: 2) == [SampleEntries.id(100)])
            try await store.delete(SampleEntries.id(3), in: SampleEntries.partition(1))
            try await eventually { index.count == 100 }
            #expect(!ids(index).contains(SampleEntries.id(3)))
        }
    }

    @Test("Of additions and deletions of one entry that come at once, the last word counts")
    func lastWord() async throws {
        let feed = ScriptedFeed(store)
        try await withMirror(of: feed) { mirror, index in
            try await eventually { mirror.isComplete }
            let partition = SampleEntries.partition(1)
            // While the mirror is held up reading entry 0, the others pile up behind it.
            let gate = ProceedGate()
            feed.beforeMirrored { try? await gate.wait() }
            try await store.save(samples.entry(0))
            try await eventually { feed.counts.mirrored == 1 }
            for number in 1...20 {
                try await store.save(samples.entry(number))
                try await store.delete(SampleEntries.id(number), in: partition)
                if number.isMultiple(of: 2) { try await store.save(samples.entry(number)) }
            }
            gate.proceed(1000)
            try await eventually { index.count == 11 }
            #expect(ids(index) == Set(stride(from: 0, through: 20, by: 2).map(SampleEntries.id)))
        }
    }

    @Test("An entry saved anew without a vector, or gone before it was read, leaves the index")
    func noLongerTrue() async throws {
        let feed = ScriptedFeed(store)
        try await store.save(samples.entry(1))
        try await withMirror(of: feed) { mirror, index in
            try await eventually { mirror.isComplete && index.count == 1 }
            try await store.save(samples.bareEntry(1))
            try await eventually { index.count == 0 }
        }
    }

    @Test("What is saved and deleted during the first scan ends up right")
    func changesDuringScan() async throws {
        for number in 0..<50 { try await store.save(samples.entry(number)) }
        let feed = ScriptedFeed(store)
        let (store, samples) = (store, samples)
        let step = NIOLockedValueBox(0)
        let work = NIOLockedValueBox<[Task<Void, any Error>]>([])
        feed.page(by: 7) {
            let number = step.withLockedValue { step in
                step += 1
                return step
            }
            let task = Task {
                try await store.delete(SampleEntries.id(number), in: SampleEntries.partition(1))
                try await store.save(samples.entry(1_000 + number))
            }
            work.withLockedValue { $0.append(task) }
        }
        try await withMirror(of: feed) { mirror, index in
            try await eventually { mirror.isComplete }
            feed.page(by: 7) {}
            for task in work.withLockedValue({ $0 }) { try await task.value }
            let expected = Set(try await store.everything(of: samples.encoder).map(\.id))
            try await eventually { ids(index) == expected }
        }
    }

    @Test("What was read so far serves while the load goes on, which is not complete before its end")
    func servesMeanwhile() async throws {
        for number in 0..<20 { try await store.save(samples.entry(number)) }
        let feed = ScriptedFeed(store)
        let index = VectorIndex(dimension: 16)
        let mirror = IndexMirror(feed: feed, index: index, encoder: samples.encoder, logger: quiet)
        let seen = NIOLockedValueBox<[Int]>([])
        feed.page(by: 5) {
            #expect(!mirror.isComplete)
            seen.withLockedValue { $0.append(index.count) }
        }
        let running = Task { try await mirror.run() }
        try await eventually { mirror.isComplete }
        #expect(seen.withLockedValue { $0 } == [0, 5, 10, 15])
        #expect(index.count == 20)
        running.cancel()
        try await running.value
    }

    @Test("When the store fails it starts anew and drops what was deleted while it was away",
          arguments: ["head", "page", "changes", "mirrored"])
    func survives(call: String) async throws {
        let feed = ScriptedFeed(store)
        for number in 0..<10 { try await store.save(samples.entry(number)) }
        if call == "head" || call == "page" { feed.fail(call) }
        try await withMirror(of: feed) { mirror, index in
            if call == "changes" || call == "mirrored" {
                try await eventually { mirror.isComplete }
                feed.fail(call, "head")
                try await store.save(samples.entry(10))
            }
            try await eventually { feed.counts.heads > 2 }
            #expect(!mirror.isComplete)
            try await store.delete(SampleEntries.id(0), in: SampleEntries.partition(1))
            try await store.save(samples.entry(11))
            feed.fail()
            try await eventually { mirror.isComplete }
            let expected = Set(try await store.everything(of: samples.encoder).map(\.id))
            try await eventually { ids(index) == expected }
        }
    }

    @Test("A gap in the log makes it start anew")
    func gap() async throws {
        let store = InMemoryCacheStore(changesLimit: 5)
        let feed = ScriptedFeed(store)
        try await withMirror(of: feed) { mirror, index in
            try await eventually { mirror.isComplete }
            let gate = ProceedGate()
            feed.beforeMirrored { try? await gate.wait() }
            try await store.save(samples.entry(0))
            try await eventually { feed.counts.mirrored == 1 }
            for number in 1...30 { try await store.save(samples.entry(number)) }
            try await store.delete(SampleEntries.id(0), in: SampleEntries.partition(1))
            gate.proceed(1000)
            try await eventually { feed.counts.heads == 2 && index.count == 30 }
            #expect(!ids(index).contains(SampleEntries.id(0)))
        }
    }

    @Test("A log that cannot be read does not make it read all entries again without a pause")
    func backsOff() async throws {
        let feed = ScriptedFeed(store)
        try await store.save(samples.entry(1))
        feed.fail("changes")
        let clock = ContinuousClock.now
        try await withMirror(of: feed) { _, _ in try await eventually { feed.counts.pages == 4 } }
        // 50, 100 and 200 ms: sleeping never ends early, so this holds on any machine.
        #expect(clock.duration(to: .now) >= .milliseconds(350))
    }

    @Test("Expired entries leave even when changes never cease")
    func sweepsUnderLoad() async throws {
        let feed = ScriptedFeed(store)
        try await withMirror(of: feed, sweepInterval: .zero) { mirror, index in
            try await eventually { mirror.isComplete }
            index.add(samples.mirrored(1, life: .seconds(-1)))
            var number = 2
            try await eventually {
                // Changes come all the time: the mirror never has to wait for one.
                for _ in 0..<10 { try? await store.save(samples.bareEntry(number)) }
                number += 1
                return index.count == 0
            }
        }
    }

    @Test("Cancelled in the middle of a scan it ends at once, and what it held before stays")
    func cancelledScan() async throws {
        for number in 0..<50 { try await store.save(samples.entry(number)) }
        let feed = ScriptedFeed(store)
        let index = VectorIndex(dimension: 16)
        index.add(samples.mirrored(9_999))
        let mirror = IndexMirror(feed: feed, index: index, encoder: samples.encoder, logger: quiet)
        let running = NIOLockedValueBox<Task<Void, any Error>?>(nil)
        let started = ProceedGate()
        feed.page(by: 5) { running.withLockedValue { $0 }?.cancel() }
        let task = Task {
            try? await started.wait()
            try await mirror.run()
        }
        running.withLockedValue { $0 = task }
        started.proceed()
        try await task.value
        #expect(feed.counts.pages == 1)
        #expect(!mirror.isComplete)
        #expect(ids(index).contains(SampleEntries.id(9_999)))
    }

    @Test("Cancelled while it waits for changes it ends, long before the wait would")
    func cancelledWait() async throws {
        let feed = ScriptedFeed(store)
        for _ in 0..<20 {
            let before = feed.counts.changes
            try await withMirror(of: feed) { mirror, _ in
                try await eventually { mirror.isComplete && feed.counts.changes > before }
            }
        }
    }

    @Test("What no change has told of is found by the audit, on both sides")
    func audited() async throws {
        for number in 0..<20 { try await store.save(samples.entry(number, in: UInt8(number % 3))) }
        try await withMirror(of: ScriptedFeed(store), sweepInterval: .zero) { mirror, index in
            try await eventually { mirror.isComplete }
            // Behind the mirror's back.
            index.remove(SampleEntries.id(4), in: SampleEntries.partition(1))
            index.add(samples.mirrored(100, in: 2))
            // The audit comes behind a change.
            try await eventually {
                try? await store.save(samples.entry(50))
                return index.holds(SampleEntries.id(4), in: SampleEntries.partition(1))
                    && !index.holds(SampleEntries.id(100), in: SampleEntries.partition(2))
            }
            #expect(index.count == 21)
            #expect(mirror.figures.missing >= 1)
            #expect(mirror.figures.gone == 1)
        }
    }
}
