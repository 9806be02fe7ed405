import VectorMath

/// The best living rows of one query, collected block by block.
struct Nearest {
    private var top: TopK
    private var best: Float?
    private let count: Int
    private let floor: Float
    /// The rows behind the ids in `top`, and a few that were pushed out of it.
    private var seen: [Int: IndexRow] = [:]

    init(count: Int, floor: Float) {
        self.top = TopK(limit: count, floor: floor)
        self.count = max(count, 0)
        self.floor = floor
    }

    /// Looks at the scores of one block: `scores[i]` belongs to `rows[first + i]`, which is nil once struck out.
    /// - Parameter base: how many rows stood in the chunks before, so that ids differ between chunks.
    mutating func offer(_ scores: Span<Float>, first: Int, rows: [IndexRow?], base: Int) {
        for index in scores.indices {
            let score = scores[index]
            guard score >= floor || score > (best ?? -.infinity), let row = rows[first + index] else { continue }
            best = max(best ?? score, score)
            guard score >= floor, isAmongBest(score) else { continue }
            top.offer(score, id: base + first + index)
            remember(row, as: base + first + index)
        }
    }

    /// Ids only rise, so that of equal scores the one that came first stays.
    private func isAmongBest(_ score: Float) -> Bool {
        guard count > 0, top.rows.count == count, let last = top.rows.last else { return count > 0 }
        return score > last.score
    }

    /// Keeps a row that is in `top` now. What was pushed out is let go from time to time: with a low floor a scan
    /// would otherwise hold every row of the partition.
    private mutating func remember(_ row: IndexRow, as id: Int) {
        seen[id] = row
        guard seen.count > 2 * count + 16 else { return }
        let kept = Set(top.rows.map(\.id))
        seen = seen.filter { kept.contains($0.key) }
    }

    /// How many rows are held on to now.
    var rememberedRows: Int { seen.count }

    var result: ScanResult {
        // Rounding may lift the dot product of two equal unit vectors over 1.
        let candidates = top.rows.compactMap { scored in
            seen[scored.id].map { ScanCandidate(row: $0, similarity: min(scored.score, 1)) }
        }
        return ScanResult(candidates: candidates, best: best.map { min($0, 1) })
    }
}
