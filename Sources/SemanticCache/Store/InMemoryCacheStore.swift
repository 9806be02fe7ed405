package import GatewayCore
import NIOConcurrencyHelpers

/// A store in this process's memory: the reference of what every store must do, and what tests run on.
package final class InMemoryCacheStore: CacheStore, CacheChangeFeed, AliasStore, AccusationStore {
    private struct State {
        var entries: [EntryID: StoredEntry] = [:]
        /// An id is an entry's or an alias's.
        var aliases: [EntryID: EntryAlias] = [:]
        /// Who first called an entry's answer wrong.
        var accusers: [EntryID: String] = [:]
        /// How often each was stored or deleted.
        var writes: [EntryID: Int] = [:]
        var changes: [CacheChange] = []
        var purges: [TenantID: PurgeRecord] = [:]
        /// How many changes are no longer kept.
        var forgotten = 0
        var end: Int { forgotten + changes.count }
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter = 0

        var aliasEntries: [StoredEntry] { aliases.values.compactMap { $0.entry(in: entries) } }
    }

    private let state = NIOLockedValueBox(State())
    private let now: @Sendable () -> UnixTime
    private let changesLimit: Int

    /// - Parameter changesLimit: how many changes are kept for readers that lag.
    package init(changesLimit: Int = 100_000, now: @escaping @Sendable () -> UnixTime = { UnixTime.now() }) {
        self.changesLimit = max(changesLimit, 1)
        self.now = now
    }

    package func load(
        _ entry: EntryID, in partition: PartitionID, of tenant: TenantID
    ) async throws(CacheStoreError) -> StoredEntry? {
        let (found, alias, purges) = state.withLockedValue { state in
            let alias = state.aliases[entry]
            let found = alias.map { $0.target(in: state.entries) } ?? state.entries[entry]
            return (found, alias, state.purges[tenant] ?? Self.unpurged)
        }
        guard let found, found.partition == partition, found.ends > now(), purges.verdict(on: found) == .current
        else { return nil }
        if let alias, purges.verdict(on: alias.origin.purgeable(under: entry, in: partition)) != .current { return nil }
        return found
    }

    package func save(_ entry: StoredEntry) async throws(CacheStoreError) {
        var entry = entry
        if entry.generation == nil, let labels = entry.labels?.labels {
            entry.generation = try await generation(of: labels.tenant)
        }
        let isNewer = state.withLockedValue { [entry] state in
            guard let other = state.entries[entry.id] else { return true }
            // What was asked for before a purge takes no place of what was asked for behind it.
            let isOnePlace = other.labels?.labels?.tenant == entry.labels?.labels?.tenant
            if isOnePlace, other.generation?.value ?? 0 > entry.generation?.value ?? 0 { return false }
            return other.fence ?? 0 <= entry.fence ?? .max
        }
        guard isNewer else { throw CacheStoreError(.superseded, "a newer answer stands there") }
        if entry.curation == nil, let labels = entry.labels?.labels,
            let other = try await load(entry.id, in: entry.partition, of: labels.tenant), other.curation != nil,
            other.id == entry.id
        {
            throw CacheStoreError(.superseded, "a curated answer stands there")
        }
        append(.added(entry.id, entry.partition)) { [entry] in
            let vetoes = $0.entries[entry.id]?.vetoes ?? []
            $0.entries[entry.id] = entry
            $0.entries[entry.id]?.vetoes = vetoes
            $0.aliases[entry.id] = nil
            $0.accusers[entry.id] = nil
        }
    }

    package func promote(_ alias: EntryAlias, of tenant: TenantID) async throws(CacheStoreError) -> Bool {
        guard let found = try await load(alias.entry, in: alias.partition, of: tenant), alias.mayName(found) else {
            return false
        }
        var alias = alias
        if alias.generation == nil { alias.generation = try await generation(of: tenant) }
        let purges = state.withLockedValue { $0.purges[tenant] ?? Self.unpurged }
        let asked = alias.origin.purgeable(under: alias.id, in: alias.partition)
        guard purges.verdict(on: asked) == .current else { return false }
        let now = now()
        if let own = standing(alias.id).entry, own.ends > now { return false }
        append(.added(alias.id, alias.partition)) { [alias] in
            $0.entries[alias.id] = nil
            $0.aliases[alias.id] = alias
        }
        return true
    }

    package func accuse(
        _ accusation: EntryAccusation, of tenant: TenantID
    ) async throws(CacheStoreError) -> AccusationResult {
        let (id, partition) = (accusation.entry, accusation.partition)
        guard let found = try await load(id, in: partition, of: tenant), accusation.isAbout(found) else { return .gone }
        let isSecond = state.withLockedValue { state in
            guard let accuser = accusation.accuser else { return false }
            let first = state.accusers[id] ?? accuser
            state.accusers[id] = first
            return first != accuser
        }
        if let question = accusation.question {
            if standing(question).entry == nil, hasAlias(question, in: partition) {
                try await delete(question, in: partition)
            }
            if !found.vetoes.contains(question) {
                append(.vetoed(id, partition)) { state in
                    let vetoes = (state.entries[id]?.vetoes ?? []) + [question]
                    state.entries[id]?.vetoes = Array(vetoes.suffix(EntryAccusation.vetoLimit))
                }
            }
        }
        return AccusationResult(of: found, isSecond: isSecond)
    }

    private func hasAlias(_ id: EntryID, in partition: PartitionID) -> Bool {
        state.withLockedValue { $0.aliases[id]?.partition == partition }
    }

    private static let unpurged = PurgeRecord(newest: CacheGeneration(1), isWhole: true)

    package func generation(of tenant: TenantID) async throws(CacheStoreError) -> CacheGeneration {
        state.withLockedValue { ($0.purges[tenant] ?? Self.unpurged).newest }
    }

    package func purge(_ scope: PurgeScope, of tenant: TenantID) async throws(CacheStoreError) -> CacheGeneration {
        let generation = state.withLockedValue { state in
            var record = state.purges[tenant] ?? Self.unpurged
            let generation = CacheGeneration(record.newest.value + 1)
            record.purge(scope, at: generation)
            state.purges[tenant] = record
            return generation
        }
        append(.purged(tenant, generation)) { _ in }
        return generation
    }

    package func delete(_ entry: EntryID, in partition: PartitionID) async throws(CacheStoreError) {
        append(.deleted(entry, partition)) {
            if $0.entries[entry]?.partition == partition {
                $0.entries[entry] = nil
                $0.accusers[entry] = nil
            }
            if $0.aliases[entry]?.partition == partition { $0.aliases[entry] = nil }
        }
    }

    private func append(_ change: CacheChange, apply: (inout State) -> Void) {
        let waiting = state.withLockedValue { state in
            apply(&state)
            switch change {
            case .added(let entry, _), .deleted(let entry, _): state.writes[entry, default: 0] += 1
            case .purged, .vetoed: break
            }
            state.changes.append(change)
            if state.changes.count > 2 * changesLimit {
                state.forgotten += state.changes.count - changesLimit
                state.changes.removeFirst(state.changes.count - changesLimit)
            }
            defer { state.waiting = [:] }
            return state.waiting.values
        }
        for continuation in waiting { continuation.resume() }
    }

    /// The entry under an id, expired or not, nil for another name of one; and how often it was stored or deleted.
    func standing(_ entry: EntryID) -> (entry: StoredEntry?, writes: Int) {
        state.withLockedValue { ($0.entries[entry], $0.writes[entry] ?? 0) }
    }

    /// Everything, also what is expired or purged, and other names of entries.
    var all: [StoredEntry] { state.withLockedValue { Array($0.entries.values) + $0.aliasEntries } }

    // MARK: - Feed

    package func head() async throws(CacheStoreError) -> FeedPosition {
        FeedPosition(lastSeen: [String(state.withLockedValue { $0.end })])
    }

    package func load(
        encoder: EncoderIdentity, into receive: @escaping @Sendable (FeedPiece) -> Void
    ) async throws(CacheStoreError) {
        let all = all
        let entries = all.compactMap { mirrored($0, encoder: encoder) }
        receive(FeedPiece(entries: entries, seen: all.count, total: all.count))
    }

    package func changes(
        after position: FeedPosition, wait: Duration
    ) async throws(CacheStoreError) -> (changes: [CacheChange], position: FeedPosition) {
        let start = position.lastSeen.first.flatMap { Int($0) } ?? 0
        if state.withLockedValue({ $0.end }) <= start { await waitForChange(behind: start, atMost: wait) }
        let (forgotten, changes) = state.withLockedValue { ($0.forgotten, $0.changes) }
        guard start >= forgotten else { throw CacheStoreError(.gap, "changes up to \(forgotten) are no longer kept") }
        let end = FeedPosition(lastSeen: [String(forgotten + changes.count)])
        return (Array(changes.dropFirst(start - forgotten)), end)
    }

    package func mirrored(
        _ entries: [(entry: EntryID, partition: PartitionID)], encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> [MirroredEntry] {
        let stored = state.withLockedValue { state in
            entries.compactMap { wanted in
                state.entries[wanted.entry] ?? state.aliases[wanted.entry]?.entry(in: state.entries)
            }
        }
        return stored.compactMap { mirrored($0, encoder: encoder) }
    }

    /// All at once.
    package func listed(
        from cursor: String, atLeast count: Int, encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> (entries: [(entry: EntryID, partition: PartitionID)], next: String) {
        (all.compactMap { mirrored($0, encoder: encoder) }.map { ($0.id, $0.partition) }, "0")
    }

    package func present(
        _ entries: [(entry: EntryID, partition: PartitionID)], encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> Set<EntryID> {
        Set(try await mirrored(entries, encoder: encoder).map(\.id))
    }

    private func mirrored(_ entry: StoredEntry, encoder: EncoderIdentity) -> MirroredEntry? {
        guard let vector = entry.vector, vector.encoder == encoder, entry.ends > now() else { return nil }
        let owner = entry.labels?.labels.map(PartitionOwner.init)
        if let question = entry.question {
            return MirroredEntry(
                id: entry.id, partition: entry.partition, question: question, expires: entry.expires,
                embedding: vector.embedding, owner: owner, group: entry.group)
        }
        return entry.features.map { features in
            MirroredEntry(
                id: entry.id, partition: entry.partition, features: features, expires: entry.expires,
                embedding: vector.embedding, owner: owner, group: entry.group)
        }
    }

    private func waitForChange(behind start: Int, atMost wait: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.nextChange(behind: start) }
            group.addTask { try? await Task.sleep(for: wait) }
            await group.next()
            group.cancelAll()
        }
    }

    private func nextChange(behind start: Int) async {
        let waiter = state.withLockedValue { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = state.withLockedValue { state in
                    if state.end > start || Task.isCancelled { return true }
                    state.waiting[waiter] = continuation
                    return false
                }
                if isDue { continuation.resume() }
            }
        } onCancel: {
            state.withLockedValue { $0.waiting.removeValue(forKey: waiter) }?.resume()
        }
    }
}
