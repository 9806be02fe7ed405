package import GatewayCore
import NIOConcurrencyHelpers
import NIOCore
package import SemanticCache

/// What a mirror relies on.
extension CacheStoreSuite {
    func loadsAll() async throws {
        let count = 3_000
        let other = EncoderIdentity(name: "other", fingerprint: "beef", dimension: samples.encoder.dimension)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<count {
                let ours = samples.entry(number, in: UInt8(number % 100))
                group.addTask { [store] in try await store.save(ours) }
                guard number % 10 == 0 else { continue }
                let foreign = samples.entry(count + number, in: UInt8(number % 100), encoder: other)
                let bare = samples.bareEntry(2 * count + number)
                group.addTask { [store] in
                    try await store.save(foreign)
                    try await store.save(bare)
                }
            }
            try await group.waitForAll()
        }
        var found: [EntryID: MirroredEntry] = [:]
        for entry in try await feed.everything(of: samples.encoder) { found[entry.id] = entry }
        try require(found.count == count, "\(found.count) entries of \(count)")
        for number in 0..<count {
            try requireMirrored(found[SampleEntries.id(number)], number, in: UInt8(number % 100))
        }
    }

    func tellsChanges() async throws {
        try await store.save(samples.entry(1))
        let head = try await feed.head()
        try await store.save(samples.entry(2))
        try await store.delete(SampleEntries.id(2), in: SampleEntries.partition(1))
        try await store.save(samples.entry(2))
        try await store.save(samples.entry(3, in: 2))
        var (changes, position) = try await feed.changes(after: head, wait: .milliseconds(50))
        // Only within a partition is there an order.
        let first = changes.filter { $0 != .added(SampleEntries.id(3), SampleEntries.partition(2)) }
        let (id, partition) = (SampleEntries.id(2), SampleEntries.partition(1))
        try require(first == [.added(id, partition), .deleted(id, partition), .added(id, partition)], "\(changes)")
        try require(changes.count == 4, "\(changes)")
        (changes, position) = try await feed.changes(after: position, wait: .milliseconds(20))
        try require(changes.isEmpty, "told twice: \(changes)")
        (changes, position) = try await feed.changes(after: head, wait: .milliseconds(20))
        try require(changes.count == 4, "the same position must tell the same: \(changes)")
    }

    func waitsForChanges() async throws {
        let head = try await feed.head()
        let entry = samples.entry(5)
        async let waiting = feed.changes(after: head, wait: .seconds(60))
        try await store.save(entry)
        let changes = try await waiting.changes
        try require(changes == [.added(entry.id, entry.partition)], "\(changes)")
    }

    func mirrorsWhatIsThere() async throws {
        let other = EncoderIdentity(name: "sample", fingerprint: "beef", dimension: samples.encoder.dimension)
        try await store.save(samples.entry(1))
        try await store.save(samples.entry(2, encoder: other))
        try await store.save(samples.bareEntry(3))
        try await store.save(samples.entry(4))
        try await store.delete(SampleEntries.id(4), in: SampleEntries.partition(1))
        let wanted = (1...5).map { (entry: SampleEntries.id($0), partition: SampleEntries.partition(1)) }
        let found = try await feed.mirrored(wanted, encoder: samples.encoder)
        try require(found.count == 1, "\(found.count) entries")
        try requireMirrored(found.first, 1, in: 1)
        let present = try await feed.present(wanted, encoder: samples.encoder)
        try require(present == [SampleEntries.id(1)], "\(present.count) entries are there")
        var listed: [EntryID] = []
        var cursor = "0"
        repeat {
            let step = try await feed.listed(from: cursor, atLeast: 1, encoder: samples.encoder)
            listed += step.entries.map(\.entry)
            cursor = step.next
        } while cursor != "0"
        try require(Set(listed) == [SampleEntries.id(1)], "\(listed.count) entries are listed")
        let many = try await feed.mirrored(
            Array(repeating: wanted[0], count: 20_000), encoder: samples.encoder)
        try require(many.count == 20_000, "\(many.count) of 20000 at once")
        try require(try await feed.mirrored([], encoder: samples.encoder).isEmpty, "something out of nothing")
    }

    func isCancellable() async throws {
        let head = try await feed.head()
        let reader = Task { [feed] in _ = try? await feed.changes(after: head, wait: .seconds(3600)) }
        reader.cancel()
        await reader.value
        try await store.save(samples.entry(1))
        let changes = try await feed.changes(after: head, wait: .seconds(60)).changes
        try require(changes.count == 1, "the next reader got \(changes)")
    }

    private func requireMirrored(_ found: MirroredEntry?, _ number: Int, in partition: UInt8) throws(Failure) {
        let expected = samples.entry(number, in: partition)
        try require(found?.id == expected.id && found?.partition == expected.partition, "entry \(number) is missing")
        try require(found?.question == expected.question && found?.expires == expected.expires, "other fields")
        try require(found?.embedding == expected.vector?.embedding, "another vector")
    }
}

extension CacheChangeFeed {
    /// What a load hands over, in any order.
    package func everything(of encoder: EncoderIdentity) async throws -> [MirroredEntry] {
        let entries = NIOLockedValueBox<[MirroredEntry]>([])
        try await load(encoder: encoder) { piece in entries.withLockedValue { $0 += piece.entries } }
        return entries.withLockedValue { $0 }
    }
}
