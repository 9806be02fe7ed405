/// A dense row-major matrix that nobody writes: weights, in memory of their own or straight in a mapped file.
///
/// Safe because the floats are never written after `init`, and `owner` keeps their memory.
package struct ConstantMatrix: @unchecked Sendable {
    package let rows: Int
    package let columns: Int
    private let start: UnsafePointer<Float>
    private let owner: AnyObject

    /// Views floats that `owner` keeps alive and that nobody writes.
    init(rows: Int, columns: Int, start: UnsafePointer<Float>, owner: AnyObject) {
        self.rows = rows
        self.columns = columns
        self.start = start
        self.owner = owner
    }

    /// Copies `values`, which must hold `rows` × `columns` floats in row order.
    package init(rows: Int, columns: Int, values: [Float]) {
        precondition(values.count == rows * columns, "\(rows) × \(columns) floats cannot be \(values.count)")
        let buffer = AlignedBuffer(count: values.count)
        for (index, value) in values.enumerated() { buffer.start[index] = value }
        self.init(rows: rows, columns: columns, start: buffer.start, owner: buffer)
    }

    /// Of the memory's owner.
    var identity: ObjectIdentifier { ObjectIdentifier(owner) }

    /// The same memory as one row, for a bias or a gain.
    package var flattened: ConstantMatrix {
        ConstantMatrix(rows: 1, columns: rows * columns, start: start, owner: owner)
    }

    /// A copy of one row.
    package func row(_ row: Int) -> [Float] {
        Array(UnsafeBufferPointer(start: pointer(row: row), count: columns))
    }

    func pointer(row: Int) -> UnsafePointer<Float> {
        precondition(row >= 0 && row < rows, "row \(row) of a matrix with \(rows) rows")
        return start + row * columns
    }
}
