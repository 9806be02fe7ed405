import GatewayCore

/// Curated entries that a purge by likeness has come upon.
struct CuratedPins: Sendable {
    /// Partitions that may hold some.
    let partitions: Set<PartitionID>
    private(set) var known: [PartitionID: Set<EntryID>] = [:]
    private var count = 0

    /// A search that passes over more of them would keep requests waiting.
    static let limit = 4000

    init(partitions: Set<PartitionID>) { self.partitions = partitions }

    /// Whether so many are known that no search should pass over all of them.
    var isFull: Bool { count >= Self.limit }

    mutating func note(_ entry: EntryID, in partition: PartitionID) {
        if known[partition, default: []].insert(entry).inserted { count += 1 }
    }
}
