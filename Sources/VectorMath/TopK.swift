/// The best few of many scores, none below a floor. Scores that are not numbers are never taken.
///
/// Kept as a sorted list: the number kept is small, and once it is full hardly any score gets past the first
/// comparison.
package struct TopK: Sendable {
    /// The best first.
    package private(set) var rows: [ScoredRow] = []
    private let limit: Int
    private let floor: Float
    /// What a score must reach to be looked at.
    private var bar: Float

    /// - Parameters:
    ///   - limit: how many to keep; zero keeps nothing.
    ///   - floor: the lowest score worth keeping.
    package init(limit: Int, floor: Float) {
        self.limit = max(limit, 0)
        self.floor = floor
        self.bar = floor
        rows.reserveCapacity(self.limit + 1)
    }

    /// Offers one score.
    package mutating func offer(_ score: Float, id: Int) {
        guard score >= bar, limit > 0 else { return }
        let row = ScoredRow(id: id, score: score)
        if rows.count == limit {
            guard let last = rows.last, row.ranksBefore(last) else { return }
            rows.removeLast()
        }
        var position = rows.count
        while position > 0, row.ranksBefore(rows[position - 1]) { position -= 1 }
        rows.insert(row, at: position)
        if rows.count == limit, let last = rows.last { bar = last.score }
    }

    /// Offers the scores of rows `firstID`, `firstID + 1` and so on.
    package mutating func offer(_ scores: Span<Float>, firstID: Int) {
        scores.withUnsafeBufferPointer { scores in
            guard let start = scores.baseAddress else { return }
            var offset = 0
            while offset &+ 8 <= scores.count {
                if any(SIMDMath.load(start, offset) .>= bar) {
                    for lane in offset..<offset &+ 8 { offer(start[lane], id: firstID &+ lane) }
                }
                offset &+= 8
            }
            while offset < scores.count {
                offer(start[offset], id: firstID &+ offset)
                offset &+= 1
            }
        }
    }
}
