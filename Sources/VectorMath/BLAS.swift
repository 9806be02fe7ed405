internal import CBLAS

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The few BLAS routines in use, row-major, with every index checked before it becomes C's 32-bit integer.
///
/// Any library behind `libblas` works. OpenBLAS is held to one thread per call: its own threads fight with ours
/// for the same cores, and a scan that waits for a helper thread takes many times its usual time.
package enum BLAS {
    /// `output[rows, column...] = input[rows] · weightsᵀ`, added to what is there when `accumulating`.
    ///
    /// - Parameters:
    ///   - weights: one output per row, as neural networks store them.
    ///   - column: where in `output` the first result column goes.
    package static func multiply(
        _ input: Matrix, rows: Range<Int>, byTransposed weights: ConstantMatrix,
        into output: Matrix, outputRow: Int, column: Int = 0, accumulating: Bool = false
    ) {
        guard !rows.isEmpty, weights.rows > 0, weights.columns > 0 else { return }
        input.check(rows)
        output.check(outputRow..<outputRow + rows.count)
        precondition(
            input.columns == weights.columns,
            "\(input.columns) columns cannot be multiplied with weights of \(weights.columns)")
        precondition(
            column >= 0 && column + weights.rows <= output.columns,
            "\(weights.rows) results from column \(column) on do not fit into \(output.columns) columns")
        sgemm(
            GEMM(rows: rows.count, columns: weights.rows, depth: weights.columns, transposeRight: true),
            left: input.pointer(row: rows.lowerBound), leftStride: input.columns,
            right: weights.pointer(row: 0), rightStride: weights.columns,
            into: output.pointer(row: outputRow, column: column), outputStride: output.columns,
            beta: accumulating ? 1 : 0)
    }

    /// The dot product of two vectors of one length.
    package static func dot(_ left: [Float], _ right: [Float]) -> Float {
        precondition(left.count == right.count, "vectors of \(left.count) and \(right.count) have no dot product")
        holdToOneThread()
        return cblas_sdot(checked(left.count), left, 1, right, 1)
    }

    /// The shape of one matrix product, and the factor in front of it.
    struct GEMM {
        var rows: Int
        var columns: Int
        var depth: Int
        var transposeRight: Bool
        var alpha: Float = 1
    }

    /// `output = alpha · left · right + beta · output`. The caller has checked that all three lie in their memory.
    static func sgemm(
        _ shape: GEMM, left: UnsafePointer<Float>, leftStride: Int, right: UnsafePointer<Float>, rightStride: Int,
        into output: UnsafeMutablePointer<Float>, outputStride: Int, beta: Float = 0
    ) {
        holdToOneThread()
        cblas_sgemm(
            CblasRowMajor, CblasNoTrans, shape.transposeRight ? CblasTrans : CblasNoTrans,
            checked(shape.rows), checked(shape.columns), checked(shape.depth), shape.alpha,
            left, checked(leftStride), right, checked(rightStride), beta, output, checked(outputStride))
    }

    /// `output = matrix · vector`. The caller has checked that all three lie in their memory.
    static func sgemv(
        rows: Int, columns: Int, matrix: UnsafePointer<Float>, stride: Int,
        vector: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>
    ) {
        holdToOneThread()
        cblas_sgemv(
            CblasRowMajor, CblasNoTrans, checked(rows), checked(columns), 1, matrix, checked(stride), vector, 1,
            0, output, 1)
    }

    /// BLAS counts in 32 bits. Shapes come from configuration and models that were checked, so more is our error.
    private static func checked(_ count: Int) -> Int32 {
        guard let narrow = Int32(exactly: count) else {
            preconditionFailure("BLAS cannot count to \(count)")
        }
        return narrow
    }

    private static func holdToOneThread() {
        _ = isHeldToOneThread
    }

    /// True once OpenBLAS was told; false when another library is behind `libblas`, which then keeps its own rule.
    package static let isHeldToOneThread: Bool = {
        // Looked up by name, because only OpenBLAS has the function and it is not part of cblas.h.
        guard let symbol = dlsym(nil, "openblas_set_num_threads") else { return false }
        typealias SetThreads = @convention(c) (Int32) -> Void
        unsafeBitCast(symbol, to: SetThreads.self)(1)
        return true
    }()

    /// The kernels OpenBLAS has chosen for this processor, such as `Haswell`; nil with another library.
    package static let kernelName: String? = {
        guard let symbol = dlsym(nil, "openblas_get_corename") else { return nil }
        typealias CoreName = @convention(c) () -> UnsafePointer<CChar>?
        return unsafeBitCast(symbol, to: CoreName.self)().map { String(cString: $0) }
    }()
}
