/// Between which values each column of an input was seen to lie, and its mean there.
package struct ColumnRanges: Sendable, Equatable {
    package private(set) var lows: [Float]
    package private(set) var highs: [Float]
    private var sums: [Double]
    private var count = 0

    package init(columns: Int) {
        lows = Array(repeating: .infinity, count: columns)
        highs = Array(repeating: -.infinity, count: columns)
        sums = Array(repeating: 0, count: columns)
    }

    /// Looks at `rows` of `matrix`, which has as many columns.
    package mutating func add(_ matrix: Matrix, rows: Range<Int>) {
        precondition(matrix.columns == lows.count, "\(matrix.columns) columns for ranges of \(lows.count)")
        for row in rows {
            matrix.withRow(row) { values in
                for column in values.indices {
                    lows[column] = min(lows[column], values[column])
                    highs[column] = max(highs[column], values[column])
                    sums[column] += Double(values[column])
                }
            }
            count += 1
        }
    }

    /// Of one column; zero before anything was seen.
    package func mean(_ column: Int) -> Float { count == 0 ? 0 : Float(sums[column] / Double(count)) }

    /// How far a column was seen to stray from its mean; zero before anything was seen.
    package func reach(_ column: Int) -> Float {
        count == 0 ? 0 : max(highs[column] - mean(column), mean(column) - lows[column])
    }
}
