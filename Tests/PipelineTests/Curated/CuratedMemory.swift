import GatewayCore
import NIOConcurrencyHelpers
import NIOCore
import SemanticCache

/// Entries and curated answers in this process's memory. Counts the entries that are read whole.
final class CuratedMemory: CacheStore, CuratedStore {
    private struct State {
        var entries: [EntryID: StoredEntry] = [:]
        var shelves: [CuratedShelf: [String: CuratedRecord]] = [:]
        var read = 0
        var searches = 0
    }

    private let state = NIOLockedValueBox(State())

    var all: [StoredEntry] { state.withLockedValue { Array($0.entries.values) } }
    var read: Int { state.withLockedValue { $0.read } }
    /// How often the entries of an answer were asked for wherever they stand.
    var searches: Int { state.withLockedValue { $0.searches } }

    func load(_ entry: EntryID, in partition: PartitionID, of tenant: TenantID) -> StoredEntry? {
        state.withLockedValue { $0.entries[entry] }
    }

    func save(_ entry: StoredEntry) { state.withLockedValue { $0.entries[entry.id] = entry } }

    func delete(_ entry: EntryID, in partition: PartitionID) { state.withLockedValue { $0.entries[entry] = nil } }

    func generation(of tenant: TenantID) -> CacheGeneration { CacheGeneration(1) }

    func purge(_ scope: PurgeScope, of tenant: TenantID) -> CacheGeneration { CacheGeneration(2) }

    // MARK: - Curated answers

    func open(_ shelf: CuratedShelf) {
        state.withLockedValue { state in
            if state.shelves[shelf] == nil { state.shelves[shelf] = [:] }
        }
    }

    func shelves(of tenant: TenantID) -> [CuratedShelf] {
        state.withLockedValue { $0.shelves.keys.filter { $0.tenant == tenant } }
    }

    func stands(_ wanted: [(id: String, digest: String, entries: [EntryID])], on shelf: CuratedShelf) -> [Bool] {
        state.withLockedValue { state in wanted.map { state.shelves[shelf]?[$0.id]?.digest == $0.digest } }
    }

    func put(
        _ record: CuratedRecord, _ entries: [StoredEntry], on shelf: CuratedShelf
    ) -> (entry: EntryID, answer: String)? {
        state.withLockedValue { state -> (entry: EntryID, answer: String)? in
            for entry in entries {
                guard let owner = state.entries[entry.id]?.curation?.answer, owner != record.id else { continue }
                return (entry.id, owner)
            }
            for entry in state.shelves[shelf]?[record.id]?.entries ?? [] { state.entries[entry] = nil }
            for entry in entries { state.entries[entry.id] = entry }
            state.shelves[shelf, default: [:]][record.id] = record
            return nil
        }
    }

    func entries(of id: String, on shelf: CuratedShelf, searches: Bool) -> [EntryID] {
        state.withLockedValue { state in
            if searches { state.searches += 1 }
            return state.shelves[shelf]?[id]?.entries ?? []
        }
    }

    func remove(_ id: String, from shelf: CuratedShelf, searches: Bool) -> Int {
        state.withLockedValue { state in
            let entries = state.shelves[shelf]?.removeValue(forKey: id)?.entries ?? []
            for entry in entries { state.entries[entry] = nil }
            return entries.count
        }
    }

    func lines(of shelf: CuratedShelf, behind id: String?, count: Int) -> (lines: [ByteBuffer], next: String?) {
        let records = state.withLockedValue { $0.shelves[shelf] ?? [:] }
        let ids = records.keys.sorted().filter { $0 > id ?? "" }.prefix(count)
        return (ids.compactMap { records[$0]?.line }, ids.count < count ? nil : ids.last)
    }

    func count(on shelf: CuratedShelf) -> Int { state.withLockedValue { $0.shelves[shelf]?.count ?? 0 } }
}

extension CuratedMemory: EntryCatalog, EntryReader {
    func partition(of entry: EntryID) -> PartitionID? { state.withLockedValue { $0.entries[entry]?.partition } }

    func walk(_ tenant: TenantID, visit: @Sendable (StoredEntry) -> Bool) -> Int {
        let ended = all.filter(visit)
        for entry in ended { delete(entry.id, in: entry.partition) }
        return ended.count
    }

    func questions(of entries: [(entry: EntryID, partition: PartitionID)]) -> [String?] {
        state.withLockedValue { state in entries.map { state.entries[$0.entry]?.question } }
    }

    func page(
        of tenant: TenantID, from cursor: String, count: Int, where isWanted: @Sendable (StoredEntry) -> Bool
    ) -> (entries: [StoredEntry], next: String) {
        (all.filter(isWanted), "0")
    }

    func entry(_ id: EntryID) -> StoredEntry? { state.withLockedValue { $0.entries[id] } }

    func entries(_ entries: [(entry: EntryID, partition: PartitionID)]) -> [StoredEntry?] {
        state.withLockedValue { state in
            state.read += entries.count
            return entries.map { state.entries[$0.entry] }
        }
    }
}
