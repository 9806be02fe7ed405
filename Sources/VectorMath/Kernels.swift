/// What a transformer does between its matrix products, in place on rows of a `Matrix`.
///
/// Shapes that do not fit are a programmer's error and trap. NaN and infinity pass through as such.
package enum Kernels {
    typealias Lanes = SIMDMath.Lanes

    /// Adds `bias` to each of `rows`.
    package static func addBias(_ matrix: Matrix, rows: Range<Int>, bias: ConstantMatrix) {
        let count = checkedWidth(matrix, rows, [bias])
        let bias = bias.pointer(row: 0)
        for row in rows {
            let values = matrix.pointer(row: row)
            forEachBlock(count) { offset, lanes in
                update(values, offset, lanes) { $0 + block(bias, offset, lanes) }
            }
        }
    }

    /// Adds `bias` to each of `rows`, then applies GELU in its exact form.
    package static func addBiasAndGELU(_ matrix: Matrix, rows: Range<Int>, bias: ConstantMatrix) {
        let count = checkedWidth(matrix, rows, [bias])
        let bias = bias.pointer(row: 0)
        for row in rows {
            let values = matrix.pointer(row: row)
            forEachBlock(count) { offset, lanes in
                update(values, offset, lanes) { SIMDMath.gelu($0 + block(bias, offset, lanes)) }
            }
        }
    }

    /// Adds `bias`, then brings each of `rows` to mean 0 and variance 1 and applies `gain` and `shift`
    /// (layer normalisation, Ba, Kiros and Hinton 2016).
    package static func addBiasAndLayerNorm(
        _ matrix: Matrix, rows: Range<Int>, bias: ConstantMatrix?, gain: ConstantMatrix, shift: ConstantMatrix,
        epsilon: Float
    ) {
        let count = checkedWidth(matrix, rows, [bias, gain, shift])
        guard count > 0 else { return }
        if let bias { addBias(matrix, rows: rows, bias: bias) }
        let gain = gain.pointer(row: 0)
        let shift = shift.pointer(row: 0)
        for row in rows {
            let values = matrix.pointer(row: row)
            let mean = sum(values, count) / Float(count)
            // Deviations first, then their squares: the short formula loses the variance of a row with a large mean.
            let variance = sumOfSquares(values, count, around: mean) / Float(count)
            let scale = 1 / (variance + epsilon).squareRoot()
            forEachBlock(count) { offset, lanes in
                update(values, offset, lanes) {
                    ($0 - mean) * scale * block(gain, offset, lanes) + block(shift, offset, lanes)
                }
            }
        }
    }

    /// Sets one row to the sum of a row of each of two tables and a vector, all of the matrix's width.
    package static func setRow(
        _ matrix: Matrix, _ row: Int, toSumOf first: (ConstantMatrix, Int), _ second: (ConstantMatrix, Int),
        and vector: [Float]
    ) {
        let count = matrix.columns
        precondition(
            first.0.columns == count && second.0.columns == count && vector.count == count,
            "the parts of a sum must all be \(count) wide")
        let target = matrix.pointer(row: row)
        let (left, right) = (first.0.pointer(row: first.1), second.0.pointer(row: second.1))
        vector.withUnsafeBufferPointer { vector in
            guard let base = vector.baseAddress else { return }
            forEachBlock(count) { offset, lanes in
                let sum = block(left, offset, lanes) + block(right, offset, lanes)
                update(target, offset, lanes) { _ in sum + block(base, offset, lanes) }
            }
        }
    }

    /// Turns each of `rows` into probabilities.
    package static func softmax(_ matrix: Matrix, rows: Range<Int>) {
        matrix.check(rows)
        for row in rows { softmax(matrix.pointer(row: row), matrix.columns) }
    }

    /// The mean of `rows`, scaled to L2 norm 1. A zero mean stays zero. Empty rows give zeros.
    package static func normalizedMean(_ matrix: Matrix, rows: Range<Int>) -> [Float] {
        matrix.check(rows)
        var mean = [Float](repeating: 0, count: matrix.columns)
        let count = matrix.columns
        mean.withUnsafeMutableBufferPointer { mean in
            guard let mean = mean.baseAddress else { return }
            for row in rows {
                let values = UnsafePointer(matrix.pointer(row: row))
                forEachBlock(count) { offset, lanes in
                    update(mean, offset, lanes) { $0 + block(values, offset, lanes) }
                }
            }
        }
        normalize(&mean)
        return mean
    }

    /// Scales `vector` to L2 norm 1. False, and nothing changed, when its norm is zero, infinite or not a number.
    @discardableResult
    package static func normalize(_ vector: inout [Float]) -> Bool {
        // In double precision: squares of large components overflow a float.
        let squares = vector.reduce(into: 0.0) { $0 += Double($1) * Double($1) }
        guard squares > 0, squares.isFinite else { return false }
        let scale = 1 / squares.squareRoot()
        for index in vector.indices { vector[index] = Float(Double(vector[index]) * scale) }
        return true
    }
}
