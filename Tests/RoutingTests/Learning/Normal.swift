/// Independent sources of what the learner computes.
enum Normal {
    /// A nearly normal number: the sum of twelve even ones, less their mean.
    static func draw(using generator: inout some RandomNumberGenerator) -> Double {
        (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &generator) }
    }

    /// x of Ax = b by Gauss' elimination with pivots.
    static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
        var rows = zip(matrix, right).map { $0 + [$1] }
        let side = rows.count
        for column in 0..<side {
            let pivot = (column..<side).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
            rows.swapAt(column, pivot)
            for row in 0..<side where row != column {
                let factor = rows[row][column] / rows[column][column]
                for place in column...side { rows[row][place] -= factor * rows[column][place] }
            }
        }
        return (0..<side).map { rows[$0][side] / rows[$0][$0] }
    }
}
