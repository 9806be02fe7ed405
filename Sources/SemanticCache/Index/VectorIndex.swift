package import GatewayCore
import NIOConcurrencyHelpers

/// All mirrored entries, by partition: a derived copy of what Redis holds for one encoder, which can always be
/// built anew.
package final class VectorIndex: Sendable {
    private let dimension: Int
    private let partitions = NIOLockedValueBox<[PartitionID: PartitionIndex]>([:])

    /// - Parameter dimension: of the encoder's vectors; entries of another length are left out.
    package init(dimension: Int) {
        self.dimension = dimension
    }

    /// The entries similarity may choose from; nil when there are none.
    package func partition(_ id: PartitionID) -> PartitionIndex? {
        partitions.withLockedValue { $0[id] }
    }

    package func add(_ entry: MirroredEntry) {
        let partition = partitions.withLockedValue { partitions in
            if let existing = partitions[entry.partition] { return existing }
            let fresh = PartitionIndex(dimension: dimension)
            partitions[entry.partition] = fresh
            return fresh
        }
        partition.add(entry)
    }

    package func remove(_ entry: EntryID, in partition: PartitionID) {
        self.partition(partition)?.remove(entry)
    }

    /// Forgets what is expired, and partitions that have become empty.
    package func removeExpired(at now: UnixTime) {
        for partition in partitions.withLockedValue({ Array($0.values) }) { partition.removeExpired(at: now) }
        partitions.withLockedValue { $0 = $0.filter { $0.value.count > 0 } }
    }

    /// Forgets what is not among `kept`: what was deleted while this replica did not follow.
    package func removeAll(except kept: Set<EntryID>) {
        for partition in partitions.withLockedValue({ Array($0.values) }) { partition.removeAll(except: kept) }
    }

    package var count: Int {
        partitions.withLockedValue { Array($0.values) }.reduce(0) { $0 + $1.count }
    }
}
