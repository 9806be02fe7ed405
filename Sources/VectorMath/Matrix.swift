/// A dense row-major matrix in aligned memory, for scratch and results. Not Sendable: one thread owns it.
///
/// A row or column outside the shape is a programmer's error and traps.
package final class Matrix {
    package let rows: Int
    package let columns: Int
    private let buffer: AlignedBuffer

    /// A matrix of zeros.
    package init(rows: Int, columns: Int) {
        precondition(rows >= 0 && columns >= 0, "a matrix cannot be \(rows) × \(columns)")
        self.rows = rows
        self.columns = columns
        self.buffer = AlignedBuffer(count: rows * columns)
    }

    /// Reads one row in place.
    package func withRow<Result>(_ row: Int, _ body: (Span<Float>) -> Result) -> Result {
        body(UnsafeBufferPointer(start: pointer(row: row), count: columns).span)
    }

    /// Writes one row in place.
    package func withMutableRow<Result>(_ row: Int, _ body: (inout MutableSpan<Float>) -> Result) -> Result {
        let floats = UnsafeMutableBufferPointer(start: pointer(row: row), count: columns)
        var span = floats.mutableSpan
        return body(&span)
    }

    /// A copy of one row.
    package func row(_ row: Int) -> [Float] {
        Array(UnsafeBufferPointer(start: pointer(row: row), count: columns))
    }

    /// Overwrites one row; `values` must have as many elements as there are columns.
    package func setRow(_ row: Int, to values: [Float]) {
        precondition(values.count == columns, "a row of \(columns) columns cannot take \(values.count) values")
        let target = pointer(row: row)
        for (column, value) in values.enumerated() { target[column] = value }
    }

    func pointer(row: Int, column: Int = 0) -> UnsafeMutablePointer<Float> {
        precondition(row >= 0 && row < rows, "row \(row) of a matrix with \(rows) rows")
        precondition(column >= 0 && column <= columns, "column \(column) of a matrix with \(columns) columns")
        return buffer.start + (row * columns + column)
    }

    func check(_ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of a matrix with \(rows) rows")
    }
}
