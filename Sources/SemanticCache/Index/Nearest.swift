import VectorMath

/// The best living rows of one query, collected block by block.
struct Nearest {
    private var top: TopK
    private var best: Float?
    private let floor: Float
    /// The rows behind the ids in `top`.
    private var seen: [Int: IndexRow] = [:]

    init(count: Int, floor: Float) {
        self.top = TopK(limit: count, floor: floor)
        self.floor = floor
    }

    /// Looks at the scores of one block: `scores[i]` belongs to `rows[first + i]`, which is nil once struck out.
    /// - Parameter base: how many rows stood in the chunks before, so that ids differ between chunks.
    mutating func offer(_ scores: Span<Float>, first: Int, rows: [IndexRow?], base: Int) {
        for index in scores.indices {
            let score = scores[index]
            guard score >= floor || score > (best ?? -.infinity), let row = rows[first + index] else { continue }
            best = max(best ?? score, score)
            guard score >= floor else { continue }
            top.offer(score, id: base + first + index)
            seen[base + first + index] = row
        }
    }

    var result: ScanResult {
        // Rounding may lift the dot product of two equal unit vectors over 1.
        let candidates = top.rows.compactMap { scored in
            seen[scored.id].map { ScanCandidate(row: $0, similarity: min(scored.score, 1)) }
        }
        return ScanResult(candidates: candidates, best: best.map { min($0, 1) })
    }
}
