/// A candidate of a search: which row, and how similar.
package struct ScoredRow: Sendable, Equatable {
    package let id: Int
    package let score: Float

    package init(id: Int, score: Float) {
        self.id = id
        self.score = score
    }

    /// Higher scores first; of equal scores the lower id, so that a result does not depend on the order of the scan.
    func ranksBefore(_ other: ScoredRow) -> Bool {
        score > other.score || (score == other.score && id < other.id)
    }
}
