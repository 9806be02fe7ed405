import GatewayCore
import NIOCore
import SemanticCache

/// Saving, loading and deleting.
extension CacheStoreSuite {
    func keepsWholeEntries() async throws {
        let (whole, bare) = (samples.entry(1), samples.bareEntry(2))
        try await requireGone(whole)
        try await store.save(whole)
        try await store.save(bare)
        try await requireStored(whole)
        try await requireStored(bare)
    }

    func keepsAnyBytes() async throws {
        var generator = SeededGenerator(seed: 7)
        let answers = [
            ByteBuffer(), ByteBuffer(bytes: (0...255).map { UInt8($0) } + [13, 10, 0, 0]),
            ByteBuffer(string: "\u{0}{\"a\":\"naïve 日本語 👩‍👩‍👧‍👦 e\u{301}\r\n\"}"),
            ByteBuffer(bytes: (0..<1_000_000).map { _ in UInt8.random(in: 0...255, using: &generator) }),
        ]
        for (number, answer) in answers.enumerated() {
            let entry = samples.entry(number, answer: answer)
            try await store.save(entry)
            try await requireStored(entry)
        }
        let question = "Wie heißt \u{0} «Ödön»?\r\n e\u{301} 🦊"
        let entry = StoredEntry(
            id: SampleEntries.id(9), partition: SampleEntries.partition(1), question: question, answer: ByteBuffer(),
            model: "", usage: TokenUsage(promptTokens: 0, completionTokens: .max), created: clock.now,
            expires: clock.now + .seconds(60), vector: nil)
        try await store.save(entry)
        try await requireStored(entry)
    }

    func replaces() async throws {
        try await store.save(samples.entry(1))
        let next = samples.bareEntry(1)
        try await store.save(next)
        try await requireStored(next)
        let mirrored = try await feed.mirrored([(next.id, next.partition)], encoder: samples.encoder)
        try require(mirrored.isEmpty, "the vector of the entry before is still there")
    }

    func keepsLaterLead() async throws {
        var (early, late, again) = (samples.bareEntry(1), samples.entry(1), samples.entry(1))
        (early.fence, late.fence, again.fence) = (1_800_000_000_000_000, 1_800_000_000_000_001, 1_800_000_000_000_001)
        try await store.save(early)
        try await store.save(late)
        try await store.save(again)
        do {
            try await store.save(early)
            try require(false, "an earlier lead's answer must be refused")
        } catch let error as CacheStoreError {
            try require(error.code == .superseded, "superseded, not \(error)")
        }
        try await requireStored(late)
        // Who asked without a lead wanted a fresh answer, and has it.
        let fresh = samples.bareEntry(1)
        try await store.save(fresh)
        try await requireStored(fresh)
    }

    func deletes() async throws {
        let (entry, other) = (samples.entry(1), samples.entry(2))
        try await store.delete(entry.id, in: entry.partition)
        try await store.save(entry)
        try await store.save(other)
        try await store.delete(entry.id, in: entry.partition)
        try await requireGone(entry)
        try await requireStored(other)
        try await store.delete(entry.id, in: entry.partition)
    }

    /// Partitions 1 and 65 are of one shard in a store with 64, so that their keys are the same; 1 and 2 are not.
    func walls() async throws {
        let entry = samples.entry(1, in: 1)
        try await store.save(entry)
        for other in [2, 65] as [UInt8] {
            let seen = try await store.load(entry.id, in: SampleEntries.partition(other))
            try require(seen == nil, "partition \(other) was shown an entry of partition 1")
            try await store.delete(entry.id, in: SampleEntries.partition(other))
            try await requireStored(entry)
        }
        let forged = samples.entry(1, in: 65, answer: ByteBuffer(string: "forged"))
        try await store.save(forged)
        let seen = try await store.load(entry.id, in: entry.partition)
        try require(seen?.answer != forged.answer, "partition 1 was shown an entry of partition 65")
    }

    func expires() async throws {
        let entry = samples.entry(1, life: .seconds(100))
        try await store.save(entry)
        clock.advance(by: .milliseconds(99_999))
        try await requireStored(entry)
        clock.advance(by: .milliseconds(1))
        try await requireGone(entry)
    }

    func keepsBeyondLife() async throws {
        let created = clock.now
        let freshness = EntryFreshness(
            due: created + .seconds(40), kept: created + .seconds(150), took: .milliseconds(1234), step: -2)
        let entry = samples.entry(1, life: .seconds(100), freshness: freshness)
        try await store.save(entry)
        for wait in [149_999, 1] as [Int64] {
            try await requireStored(entry)
            let found = try await store.load(entry.id, in: entry.partition)
            try require(found?.freshness == freshness, "freshness \(String(describing: found?.freshness))")
            clock.advance(by: .milliseconds(wait))
        }
        try await requireGone(entry)
    }

    func survivesManySavers() async throws {
        let savers = 64
        // Each saver's entry tells its number in every field, so that a mixture of two shows.
        let entries = (0..<savers).map { number in
            StoredEntry(
                id: SampleEntries.id(1), partition: SampleEntries.partition(1), question: "\(number)",
                answer: ByteBuffer(repeating: UInt8(number), count: 20_000), model: number % 2 == 0 ? "\(number)" : nil,
                usage: TokenUsage(promptTokens: number, completionTokens: number), created: clock.now,
                expires: clock.now + .seconds(1000 + Int64(number)), vector: nil)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for entry in entries { group.addTask { [store] in try await store.save(entry) } }
            try await group.waitForAll()
        }
        let found = try await store.load(SampleEntries.id(1), in: SampleEntries.partition(1))
        guard let winner = found?.usage?.promptTokens, entries.indices.contains(winner) else {
            throw Failure(description: "no entry is left, or none that was saved")
        }
        try await requireStored(entries[winner])
    }
}
