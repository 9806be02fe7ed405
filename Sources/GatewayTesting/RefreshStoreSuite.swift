import GatewayCore
import NIOCore
package import SemanticCache

/// What every store of leases must do. Begin each with empty stores. Time is the store's own: what waits for an end of
/// a lease claims short ones, and asks until it gets one.
package struct RefreshStoreSuite: Sendable {
    /// A guarantee that does not hold.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// The guarantees, by the name that a test shows.
    package enum Guarantee: String, Sendable, CaseIterable, CustomStringConvertible {
        case grantsOnce = "Of many that have seen one answer one gets the lease"
        case remembers = "Who still sees an answer that was made anew gets none; who sees the new one does"
        case ends = "A lease that is over is granted again, and its holder stores nothing any more"
        case givesUp = "A lease given up is granted again after the pause; one that is over cannot be given up"
        case keepsDeletion = "What was deleted meanwhile is not stored"
        case keepsNewer = "What was stored meanwhile is not replaced, also behind a deletion, and may be made anew"
        case keepsFence = "An answer made anew gives way to no earlier lead than the one before did"
        case isPerEntry = "Leases of different answers have nothing to do with each other"

        package var description: String { rawValue }
    }

    private let refreshes: any RefreshStore
    private let store: any CacheStore
    private let samples = SampleEntries(created: UnixTime(milliseconds: UnixTime.now().milliseconds - 60_000))

    package init(_ refreshes: any RefreshStore, over store: any CacheStore) {
        self.refreshes = refreshes
        self.store = store
    }

    package func verify(_ guarantee: Guarantee) async throws {
        switch guarantee {
        case .grantsOnce: try await grantsOnce()
        case .remembers: try await remembers()
        case .ends: try await ends()
        case .givesUp: try await givesUp()
        case .keepsDeletion: try await keepsDeletion()
        case .keepsNewer:
            try await keepsNewer(isDeleted: false)
            try await keepsNewer(isDeleted: true)
        case .keepsFence: try await keepsFence()
        case .isPerEntry: try await isPerEntry()
        }
    }

    private func require(_ holds: Bool, _ message: @autoclosure () -> String, line: Int = #line) throws(Failure) {
        if !holds { throw Failure(description: "line \(line): \(message())") }
    }

    private func claim(_ entry: StoredEntry, for life: Duration = .seconds(60)) async throws -> RefreshClaim {
        try await refreshes.claim(entry.id, in: entry.partition, seen: entry.created, for: life)
    }

    /// Claims until somebody else's time is over.
    private func awaitLease(_ entry: StoredEntry) async throws -> RefreshLease {
        while true {
            switch try await claim(entry) {
            case .granted(let lease): return lease
            case .held(let left): try await Task.sleep(for: left)
            case .done: throw Failure(description: "nothing was made anew")
            }
        }
    }

    private func lease(_ claim: RefreshClaim, line: Int = #line) throws -> RefreshLease {
        guard case .granted(let lease) = claim else {
            throw Failure(description: "line \(line): expected a lease, found \(claim)")
        }
        return lease
    }

    /// The same entry as it is made anew.
    private func anew(_ entry: StoredEntry, text: String = "new") -> StoredEntry {
        StoredEntry(
            id: entry.id, partition: entry.partition, question: entry.question, answer: ByteBuffer(string: text),
            model: entry.model, usage: entry.usage, created: entry.created + .seconds(30), expires: entry.expires,
            vector: entry.vector)
    }

    private func grantsOnce() async throws {
        let entry = samples.entry(1)
        try await store.save(entry)
        let claims = try await withThrowingTaskGroup(of: RefreshClaim.self) { group in
            for _ in 0..<32 { group.addTask { try await claim(entry) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let granted = claims.filter { if case .granted = $0 { true } else { false } }
        try require(granted.count == 1, "\(granted.count) leases")
        for case .held(let left) in claims {
            try require(left > .zero && left <= .seconds(60), "a lease of 60 s has \(left) left")
        }
        try require(!claims.contains(.done), "nothing was made anew")
    }

    private func remembers() async throws {
        let entry = samples.entry(1)
        try await store.save(entry)
        let new = anew(entry)
        let isStored = try await refreshes.save(new, under: try lease(try await claim(entry)))
        try require(isStored, "the lease's holder could not store")
        try require(try await store.load(entry.id, in: entry.partition)?.answer == new.answer, "another answer")
        try require(try await claim(entry) == .done, "the answer before may be made anew again")
        _ = try lease(try await claim(new))
    }

    private func ends() async throws {
        let entry = samples.entry(1)
        try await store.save(entry)
        let first = try lease(try await claim(entry, for: .milliseconds(20)))
        let second = try await awaitLease(entry)
        try require(second.number > first.number, "leases must grow: \(first), \(second)")
        let isLate = try await refreshes.save(anew(entry, text: "late"), under: first)
        try require(!isLate, "the former holder could store")
        try require(try await store.load(entry.id, in: entry.partition)?.answer == entry.answer, "another answer")
        let isStored = try await refreshes.save(anew(entry), under: second)
        try require(isStored, "the newest holder could not store")
    }

    private func givesUp() async throws {
        let entry = samples.entry(1)
        try await store.save(entry)
        let first = try lease(try await claim(entry))
        try await refreshes.giveUp(first, of: entry.id, in: entry.partition, pause: .seconds(60))
        guard case .held = try await claim(entry) else { throw Failure(description: "the pause does not hold") }
        try await refreshes.giveUp(first, of: entry.id, in: entry.partition, pause: .zero)
        let second = try await awaitLease(entry)
        try await refreshes.giveUp(first, of: entry.id, in: entry.partition, pause: .zero)
        guard case .held = try await claim(entry) else {
            throw Failure(description: "a lease was given up by its former holder")
        }
        let isStored = try await refreshes.save(anew(entry), under: second)
        try require(isStored, "the holder could not store")
    }

    private func keepsDeletion() async throws {
        let entry = samples.entry(1)
        try await store.save(entry)
        let lease = try lease(try await claim(entry))
        try await store.delete(entry.id, in: entry.partition)
        let isStored = try await refreshes.save(anew(entry), under: lease)
        try require(!isStored, "what was deleted was stored")
        try require(try await store.load(entry.id, in: entry.partition) == nil, "what was deleted is there")
    }

    private func keepsNewer(isDeleted: Bool) async throws {
        let entry = samples.entry(isDeleted ? 2 : 1)
        try await store.save(entry)
        let lease = try lease(try await claim(entry))
        if isDeleted { try await store.delete(entry.id, in: entry.partition) }
        let newer = anew(entry, text: "newer")
        try await store.save(newer)
        let isStored = try await refreshes.save(anew(entry, text: "late"), under: lease)
        try require(!isStored, "what was asked for before was stored")
        try require(try await store.load(entry.id, in: entry.partition)?.answer == newer.answer, "another answer")
        let next = try self.lease(try await claim(newer))
        try await refreshes.giveUp(lease, of: entry.id, in: entry.partition, pause: .zero)
        let isNext = try await refreshes.save(anew(newer), under: next)
        try require(isNext, "the lease of before has ended the one behind it")
    }

    private func keepsFence() async throws {
        var entry = samples.entry(1)
        entry.fence = 7
        try await store.save(entry)
        let isStored = try await refreshes.save(anew(entry), under: try lease(try await claim(entry)))
        try require(isStored, "the lease's holder could not store")
        var late = anew(entry, text: "late")
        late.fence = 6
        do throws(CacheStoreError) {
            try await store.save(late)
        } catch {
            try require(error.code == .superseded, "\(error)")
            return
        }
        throw Failure(description: "an answer of an earlier lead took the place of one made anew")
    }

    private func isPerEntry() async throws {
        let (one, other) = (samples.entry(1), samples.entry(2))
        try await store.save(one)
        try await store.save(other)
        let first = try lease(try await claim(one))
        _ = try lease(try await claim(other))
        let isStored = try await refreshes.save(anew(one), under: first)
        try require(isStored, "the holder could not store")
        guard case .held = try await claim(other) else { throw Failure(description: "the other lease has ended") }
    }
}
