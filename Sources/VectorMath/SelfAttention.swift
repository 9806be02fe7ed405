/// Multi-head attention of each sequence to itself (Vaswani et al. 2017), on queries, keys and values that stand
/// side by side in one row per token.
///
/// Sequences of any lengths lie one behind the other in one matrix: no padding is ever computed. Holds the scores of
/// one sequence and head between calls; one thread owns it.
package final class SelfAttention {
    private let heads: Int
    private let headWidth: Int
    private let longest: Int
    private let scores: AlignedBuffer

    /// - Parameter longest: tokens of the longest sequence that will come.
    package init(heads: Int, headWidth: Int, longest: Int) {
        precondition(heads > 0 && headWidth > 0 && longest > 0, "attention needs heads, a width and a length")
        self.heads = heads
        self.headWidth = headWidth
        self.longest = longest
        self.scores = AlignedBuffer(count: longest * longest)
    }

    /// Writes each token's context to the same row of `context`.
    ///
    /// - Parameters:
    ///   - projections: columns are all queries, then all keys, then all values; within each, head after head.
    ///   - sequence: the rows of one sequence, at most `longest`.
    package func attend(_ projections: Matrix, sequence: Range<Int>, into context: Matrix) {
        let width = heads * headWidth
        let length = sequence.count
        guard length > 0 else { return }
        projections.check(sequence)
        context.check(sequence)
        precondition(length <= longest, "a sequence of \(length) tokens for attention over \(longest)")
        precondition(projections.columns == 3 * width && context.columns == width, "attention is \(width) wide")
        let shape = BLAS.GEMM(
            rows: length, columns: length, depth: headWidth, transposeRight: true,
            alpha: 1 / Float(headWidth).squareRoot())
        let mix = BLAS.GEMM(rows: length, columns: headWidth, depth: length, transposeRight: false)
        for head in 0..<heads {
            let column = head * headWidth
            BLAS.sgemm(
                shape,
                left: projections.pointer(row: sequence.lowerBound, column: column), leftStride: 3 * width,
                right: projections.pointer(row: sequence.lowerBound, column: width + column), rightStride: 3 * width,
                into: scores.start, outputStride: length)
            for row in 0..<length { Kernels.softmax(scores.start + row * length, length) }
            BLAS.sgemm(
                mix, left: scores.start, leftStride: length,
                right: projections.pointer(row: sequence.lowerBound, column: 2 * width + column),
                rightStride: 3 * width,
                into: context.pointer(row: sequence.lowerBound, column: column), outputStride: width)
        }
    }
}
