package import GatewayCore

extension LikenessSearch {
    /// One of the entries nearest to a text.
    package struct Neighbour: Sendable {
        package let entry: EntryID
        package let partition: PartitionID
        /// Cosine to the text.
        package let similarity: Float
        /// What the guard says of serving the one in the place of the other.
        package let verdict: GuardVerdict
    }

    /// Partitions that are looked into for one text, the largest: each costs a pass of the scanner.
    private static let partitionsLimit = 256

    /// The entries of this replica's mirror that are nearest to a text, however far they are, the nearest first; of the
    /// 256 largest partitions of the owner.
    /// - Parameters:
    ///   - vector: of the text.
    ///   - count: how many at most, over all partitions.
    /// - Returns: nil when the scanner has too much to do.
    package func neighbours(
        of text: String, vector: EmbeddingVector, owner: PartitionOwner, count: Int
    ) async -> [Neighbour]? {
        let features = GuardFeatures(text: text)
        var found: [Neighbour] = []
        let partitions = index.partitions(of: owner).map { (id: $0.id, index: $0.index, count: $0.index.count) }
        for (id, partition, _) in partitions.sorted(by: { $0.count > $1.count }).prefix(Self.partitionsLimit) {
            guard let result = await scanner.nearest(to: vector, in: partition, count: count, atLeast: -1) else {
                return nil
            }
            found += result.candidates.map {
                Neighbour(
                    entry: $0.row.id, partition: id, similarity: $0.similarity,
                    verdict: StructuralGuard.verdict(question: features, candidate: $0.row.features))
            }
            found = Array(found.sorted { $0.similarity > $1.similarity }.prefix(count))
        }
        return found
    }

    /// Each mirrored partition with its owner, where that is known, and its number of entries.
    package var partitions: [(id: PartitionID, owner: PartitionOwner?, count: Int)] {
        index.owners.map { ($0.id, $0.index.owner, $0.index.count) }
    }
}
