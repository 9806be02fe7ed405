internal import CKernels

/// Rows of activations, and beside them the same rows packed for a linear layer. Not Sendable: one thread owns it.
///
/// The packed rows follow the values only when a kernel is told to pack them. In f32 the values are the packed rows.
package final class Activations {
    package let format: NumberFormat
    package let values: Matrix
    private let steps: Int
    /// Of columns with a scale of their own; none but in int8.
    private let groups: Int
    private let words: AlignedBuffer?
    private let scales: AlignedBuffer
    private let lows: AlignedBuffer

    /// Zeros.
    package init(_ format: NumberFormat, rows: Int, columns: Int) {
        self.format = format
        self.values = Matrix(rows: rows, columns: columns)
        self.steps = refrain_packed_steps(format.kernelValue, columns)
        self.words = format == .f32 ? nil : AlignedBuffer(count: rows * steps)
        self.groups = format == .int8 ? refrain_packed_groups(columns) : 0
        self.scales = AlignedBuffer(count: rows * groups)
        self.lows = AlignedBuffer(count: rows * groups)
    }

    /// The packed rows from `row` on, which the caller has checked, to be read.
    func packed(from row: Int) -> refrain_activations {
        refrain_activations(
            words: UnsafePointer(start(of: row)), stride: steps, scales: scales.start + row * groups,
            lows: lows.start + row * groups)
    }

    /// The packed rows from `row` on, which the caller has checked, to be written.
    func target(from row: Int) -> refrain_packed_rows {
        refrain_packed_rows(
            words: start(of: row), stride: steps, groups: groups, scales: scales.start + row * groups,
            lows: lows.start + row * groups)
    }

    private func start(of row: Int) -> UnsafeMutablePointer<UInt32> {
        let floats = words.map { $0.start + row * steps } ?? values.pointer(row: row)
        return UnsafeMutableRawPointer(floats).assumingMemoryBound(to: UInt32.self)
    }
}
