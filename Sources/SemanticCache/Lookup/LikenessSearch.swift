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
    /// - Returns: nil when the scanner has too much to do.
    package func entries(like text: EmbeddingVector, of owner: PartitionOwner, atLeast floor: Float) async -> [Found]? {
        var found: [Found] = []
        for (id, partition) in index.partitions(of: owner) {
            guard let result = await scanner.nearest(to: text, in: partition, count: Self.limit, atLeast: floor)
            else { return nil }
            found += result.candidates.map { Found(entry: $0.row.id, partition: id, similarity: $0.similarity) }
        }
        return found.sorted { $0.similarity > $1.similarity }
    }

    /// Takes an entry that was deleted out of this replica's mirror, before the change log tells of it.
    package func forget(_ found: Found) { index.remove(found.entry, in: found.partition) }
}
