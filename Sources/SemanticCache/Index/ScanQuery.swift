package import GatewayCore

/// What a scan is asked for.
package struct ScanQuery: Sendable {
    package let vector: EmbeddingVector
    /// The most candidates to return.
    package let count: Int
    /// Entries below this cosine are left out.
    package let floor: Float
    /// The best cosine is told from here on, although it is below the floor. The closer to the floor, the less must be
    /// looked at.
    package let reporting: Float

    package init(vector: EmbeddingVector, count: Int, floor: Float, reporting: Float? = nil) {
        self.vector = vector
        self.count = count
        self.floor = floor
        self.reporting = reporting ?? floor
    }
}

/// What a scan found.
package struct ScanResult: Sendable {
    /// At or above the floor, the most similar first.
    package let candidates: [ScanCandidate]
    /// The highest cosine in the partition if it reaches what the query wanted told; nil otherwise.
    package let best: Float?
    /// There was nothing to compare with.
    package let isEmpty: Bool
}

/// One entry that may serve.
package struct ScanCandidate: Sendable {
    package let row: IndexRow
    /// Cosine to the query.
    package let similarity: Float
}
