package import GatewayCore

/// Finds all entries that are like a text, in one namespace of one tenant: for operators, not for serving. Each
/// partition is looked into by itself.
package struct LikenessSearch: Sendable {
    /// One of the entries that are like the text.
    package struct Found: Sendable {
        package let entry: EntryID
        package let partition: PartitionID
        /// Cosine to the text.
        package let similarity: Float
    }

    /// Of one partition, in one search.
    package static let limit = 1000

    let index: VectorIndex
    let scanner: VectorScanner

    package init(index: VectorIndex, scanner: VectorScanner) {
        self.index = index
        self.scanner = scanner
    }

    /// The entries of this replica's mirror at or above a cosine, the most similar first; at most ``limit`` of each
    /// partition.
    /// - Parameter others: entries that are passed over; each makes a scan look for one more.
    /// - Returns: nil when the scanner has too much to do.
    package func entries(
        like text: EmbeddingVector, of owner: PartitionOwner, atLeast floor: Float,
        but others: [PartitionID: Set<EntryID>] = [:]
    ) async -> [Found]? {
        var found: [Found] = []
        for (id, partition) in index.partitions(of: owner) {
            let passed = others[id] ?? []
            let count = Self.limit + passed.count
            guard let result = await scanner.nearest(to: text, in: partition, count: count, atLeast: floor)
            else { return nil }
            let wanted = result.candidates.lazy.filter { !passed.contains($0.row.id) }.prefix(Self.limit)
            found += wanted.map { Found(entry: $0.row.id, partition: id, similarity: $0.similarity) }
        }
        return found.sorted { $0.similarity > $1.similarity }
    }

    /// Takes an entry that was deleted out of this replica's mirror, before the change log tells of it.
    package func forget(_ found: Found) { index.remove(found.entry, in: found.partition) }
}
