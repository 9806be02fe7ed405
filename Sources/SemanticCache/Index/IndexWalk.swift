import GatewayCore

/// A walk over all rows of an index in small steps, around and around. What changes meanwhile may be seen twice or not
/// until the next round.
struct IndexWalk {
    private var partitions: [PartitionID] = []
    private var partition = 0
    private var chunk = 0
    private var row = 0

    /// The next living rows, at most `count`; fewer at the end of a round. Those that are expired are left out: the
    /// store may have let go of them.
    mutating func next(
        _ count: Int, of index: VectorIndex, now: UnixTime
    ) -> [(entry: EntryID, partition: PartitionID)] {
        if partition >= partitions.count {
            partitions = index.partitionIDs
            (partition, chunk, row) = (0, 0, 0)
        }
        var found: [(entry: EntryID, partition: PartitionID)] = []
        while found.count < count, partition < partitions.count {
            let chunks = index.partition(partitions[partition])?.chunks ?? []
            guard chunk < chunks.count else {
                (partition, chunk, row) = (partition + 1, 0, 0)
                continue
            }
            guard row < chunks[chunk].counts.rows else {
                (chunk, row) = (chunk + 1, 0)
                continue
            }
            if let living = chunks[chunk].row(at: row), living.expires > now {
                found.append((living.id, partitions[partition]))
            }
            row += 1
        }
        return found
    }
}
