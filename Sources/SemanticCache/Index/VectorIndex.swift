package import GatewayCore
import NIOConcurrencyHelpers

/// All mirrored entries, by partition: a derived copy of what Redis holds for one encoder, which can always be
/// built anew.
package final class VectorIndex: Sendable {
    private let dimension: Int
    private let file: VectorFile?
    private let partitions = NIOLockedValueBox<[PartitionID: PartitionIndex]>([:])

    /// Makes a temporary file for the vectors; without one they are kept in memory.
    /// - Parameter dimension: of the encoder's vectors; entries of another length are left out.
    package init(dimension: Int) {
        self.dimension = dimension
        self.file = VectorFile()
    }

    /// The entries similarity may choose from; nil when there are none.
    package func partition(_ id: PartitionID) -> PartitionIndex? {
        partitions.withLockedValue { $0[id] }
    }

    package func add(_ entry: MirroredEntry) {
        guard entry.embedding.dimension == dimension else { return }
        var partition: PartitionIndex
        repeat {
            partition = partitionToFill(entry.partition, of: entry.owner)
            partition.add(entry)
            // Empty when it was taken, it may have been let go before the entry stood in it.
        } while self.partition(entry.partition) !== partition
    }

    /// Adds or replaces many. Other threads may do the same meanwhile.
    package func add(contentsOf entries: some Sequence<MirroredEntry>) {
        for entry in entries { add(entry) }
    }

    var partitionIDs: [PartitionID] { partitions.withLockedValue { Array($0.keys) } }

    /// Whether an entry is mirrored.
    package func holds(_ entry: EntryID, in partition: PartitionID) -> Bool {
        self.partition(partition)?.holds(entry) ?? false
    }

    /// The partitions of one tenant's namespace, to look into one by one: they are never compared with each other.
    package func partitions(of owner: PartitionOwner) -> [(id: PartitionID, index: PartitionIndex)] {
        partitions.withLockedValue { $0.filter { $1.owner == owner }.map { ($0, $1) } }
    }

    /// All partitions, as they are now.
    var owners: [(id: PartitionID, index: PartitionIndex)] {
        partitions.withLockedValue { $0.map { ($0.key, $0.value) } }
    }

    private func partitionToFill(_ id: PartitionID, of owner: PartitionOwner?) -> PartitionIndex {
        partitions.withLockedValue { partitions in
            if let existing = partitions[id] { return existing }
            let fresh = PartitionIndex(dimension: dimension, file: file, owner: owner)
            partitions[id] = fresh
            return fresh
        }
    }

    package func remove(_ entry: EntryID, in partition: PartitionID) {
        self.partition(partition)?.remove(entry)
    }

    /// Forgets what is expired, and partitions that have become empty.
    package func removeExpired(at now: UnixTime) {
        for partition in partitions.withLockedValue({ Array($0.values) }) { partition.removeExpired(at: now) }
        dropEmpty()
    }

    /// Forgets what is not among `kept`, what was deleted while this replica did not follow, and partitions that have
    /// become empty.
    package func removeAll(except kept: Set<EntryID>) {
        for partition in partitions.withLockedValue({ Array($0.values) }) { partition.removeAll(except: kept) }
        dropEmpty()
    }

    private func dropEmpty() {
        partitions.withLockedValue { partitions in
            for (id, partition) in partitions where partition.isBlank { partitions[id] = nil }
        }
    }

    package var count: Int {
        partitions.withLockedValue { Array($0.values) }.reduce(0) { $0 + $1.count }
    }
}
