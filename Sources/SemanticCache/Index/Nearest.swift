import VectorMath

/// The best living rows of one query, collected row by row in the order of the scan.
struct Nearest {
    private struct Found {
        let row: IndexRow
        let score: Float
    }

    /// The best first; of equal scores the one that came first.
    private var found: [Found] = []
    private(set) var best: Float?
    private let count: Int
    private let floor: Float
    private let reporting: Float

    /// - Parameters:
    ///   - count: how many rows to keep at most.
    ///   - floor: the lowest score worth keeping.
    ///   - reporting: the lowest score worth telling as the best one.
    init(count: Int, floor: Float, reporting: Float) {
        self.count = max(count, 0)
        self.floor = floor
        self.reporting = min(reporting, floor)
    }

    /// What a row must reach to change anything: what lies below need not be scored.
    var bar: Float {
        // Not yet a candidate: then also what is only told counts, above the best so far.
        let untold = max(best ?? reporting, reporting)
        guard count > 0 else { return untold }
        if found.count == count, let last = found.last { return last.score }
        return min(untold, floor)
    }

    /// Looks at the exact score of one row, which `row` fetches; nil once struck out.
    mutating func offer(_ score: Float, row: () -> IndexRow?) {
        let isBest = score >= reporting && score > best ?? -.infinity
        let isCandidate = score >= floor && count > 0 && (found.count < count || score > found[count - 1].score)
        guard isBest || isCandidate, let row = row() else { return }
        best = max(best ?? score, score)
        guard isCandidate else { return }
        if found.count == count { found.removeLast() }
        let position = found.firstIndex { $0.score < score } ?? found.count
        found.insert(Found(row: row, score: score), at: position)
    }

    /// - Parameter isEmpty: whether the partition holds nothing.
    func result(isEmpty: Bool) -> ScanResult {
        // Rounding may lift the dot product of two equal unit vectors over 1.
        let candidates = found.map { ScanCandidate(row: $0.row, similarity: min($0.score, 1)) }
        return ScanResult(candidates: candidates, best: best.map { min($0, 1) }, isEmpty: isEmpty)
    }
}
