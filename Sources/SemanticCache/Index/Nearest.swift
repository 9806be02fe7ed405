import VectorMath

/// The best rows of one query, chunk by chunk.
struct Nearest {
    private var top: TopK<IndexRow>
    private var best: Float?

    init(count: Int, floor: Float) {
        top = TopK(count: count, floor: floor)
    }

    /// Looks at the scores of one chunk; `rows[i]` belongs to `scores[i]`, nil where a row was struck out.
    mutating func offer(_ scores: ArraySlice<Float>, rows: [IndexRow?]) {
        for (score, row) in zip(scores, rows) where score > (best ?? -.infinity) || score >= top.bar {
            guard let row else { continue }
            best = max(best ?? score, score)
            top.offer(row, score: score)
        }
    }

    var result: ScanResult {
        ScanResult(
            candidates: top.sorted.map { ScanCandidate(row: $0.element, similarity: $0.score) }, best: best)
    }
}
