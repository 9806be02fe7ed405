internal import CKernels

/// Finds the principal directions of a sample of vectors by subspace iteration on the matrix of their second moments.
struct SketchLearner {
    private let sample: Matrix
    private let rows: Int
    private let dimension: Int
    private var random: UInt64 = 0x5EED

    /// Convergence is not needed: any orthonormal directions do, and after these few the order of the parts stands.
    private static let iterations = 12

    /// Of the standard deviation: the step at which 16 even codes lose least of a normal variable (Max 1960).
    private static let stepRatio: Float = 0.335

    init(sample: Matrix, rows: Int) {
        self.sample = sample
        self.rows = rows
        self.dimension = sample.columns
    }

    /// ``SketchBasis/count`` orthonormal directions; nil when the sample holds numbers that are not finite.
    mutating func directions() -> ConstantMatrix? {
        let moments = secondMoments()
        var basis = (0..<SketchBasis.count).map { _ in (0..<dimension).map { _ in normal() } }
        for _ in 0..<Self.iterations {
            guard Self.orthonormalize(&basis) else { return nil }
            basis = multiplied(basis, by: moments)
        }
        guard Self.orthonormalize(&basis) else { return nil }
        let split = SketchBasis.firstCount
        var turned = turned(Array(basis[..<split])) + turned(Array(basis[split...]))
        guard Self.orthonormalize(&turned) else { return nil }
        let values = turned.flatMap { $0.map(Float.init) }
        return ConstantMatrix(rows: SketchBasis.count, columns: dimension, values: values)
    }

    /// The Frobenius norm of D·Dᵀ − 1, which bounds how far `directions` are from orthonormal.
    func deviation(of directions: ConstantMatrix) -> Double {
        let rows = (0..<directions.rows).map { directions.row($0) }
        var square = 0.0
        for (index, row) in rows.enumerated() {
            for other in 0...index {
                var product = index == other ? -1.0 : 0.0
                for column in row.indices { product += Double(row[column]) * Double(rows[other][column]) }
                square += (index == other ? 1 : 2) * product * product
            }
        }
        return square.squareRoot()
    }

    /// Where the codes of each component lie: around the mean of the sample, one step for each part.
    func grid(along directions: ConstantMatrix) -> (centres: [Float], steps: [Float]) {
        let heads = Matrix(rows: rows, columns: directions.rows)
        BLAS.multiply(sample, rows: 0..<rows, byTransposed: directions, into: heads, outputRow: 0)
        var sums = [Double](repeating: 0, count: directions.rows)
        var squares = sums
        for row in 0..<rows {
            let head = heads.pointer(row: row, column: 0)
            for column in sums.indices {
                sums[column] += Double(head[column])
                squares[column] += Double(head[column]) * Double(head[column])
            }
        }
        let means = sums.map { $0 / Double(rows) }
        let variances = zip(squares, means).map { max($0 / Double(rows) - $1 * $1, 0) }
        let steps = [0..<SketchBasis.firstCount, SketchBasis.firstCount..<directions.rows].flatMap { part in
            let variance = variances[part].reduce(0, +) / Double(part.count)
            // Vectors that are all the same have no spread: then any small step does.
            return part.map { _ in max(Float(variance.squareRoot()) * Self.stepRatio, 1e-4) }
        }
        return (means.map(Float.init), steps)
    }

    private func secondMoments() -> Matrix {
        let transposed = Matrix(rows: dimension, columns: rows)
        for row in 0..<rows {
            let source = sample.pointer(row: row, column: 0)
            for column in 0..<dimension { transposed.pointer(row: column, column: row).pointee = source[column] }
        }
        let moments = Matrix(rows: dimension, columns: dimension)
        BLAS.sgemm(
            BLAS.GEMM(rows: dimension, columns: dimension, depth: rows, transposeRight: true, alpha: 1 / Float(rows)),
            left: transposed.pointer(row: 0, column: 0), leftStride: rows,
            right: transposed.pointer(row: 0, column: 0), rightStride: rows,
            into: moments.pointer(row: 0, column: 0), outputStride: dimension)
        return moments
    }

    private func multiplied(_ basis: [[Double]], by moments: Matrix) -> [[Double]] {
        let left = basis.flatMap { $0.map(Float.init) }
        let product = Matrix(rows: basis.count, columns: dimension)
        BLAS.sgemm(
            BLAS.GEMM(rows: basis.count, columns: dimension, depth: dimension, transposeRight: false),
            left: left, leftStride: dimension, right: moments.pointer(row: 0, column: 0), rightStride: dimension,
            into: product.pointer(row: 0, column: 0), outputStride: dimension)
        return basis.indices.map { row in
            let start = product.pointer(row: row, column: 0)
            return (0..<dimension).map { Double(start[$0]) }
        }
    }

    /// Directions of the same span, turned at random.
    private mutating func turned(_ basis: [[Double]]) -> [[Double]] {
        var turn = basis.map { _ in basis.map { _ in normal() } }
        guard Self.orthonormalize(&turn) else { return basis }
        return turn.map { weights in
            var sum = [Double](repeating: 0, count: dimension)
            for (weight, row) in zip(weights, basis) {
                for column in sum.indices { sum[column] += weight * row[column] }
            }
            return sum
        }
    }

    /// Gram and Schmidt's process, each row twice, which is enough (Kahan and Parlett). A row that depends on those
    /// before it, as with fewer distinct vectors than directions, is replaced by another direction.
    private static func orthonormalize(_ basis: inout [[Double]]) -> Bool {
        for index in basis.indices {
            var row = basis[index]
            for attempt in 0...row.count {
                let before = norm(row)
                guard before.isFinite else { return false }
                for _ in 0..<2 {
                    for other in 0..<index {
                        let product = dot(row, basis[other])
                        for column in row.indices { row[column] -= product * basis[other][column] }
                    }
                }
                let after = norm(row)
                if after > 1e-6 * before, after > 1e-30 {
                    basis[index] = row.map { $0 / after }
                    break
                }
                guard attempt < row.count else { return false }
                row = row.indices.map { $0 == attempt ? 1 : 0 }
            }
        }
        return true
    }

    private static func norm(_ row: [Double]) -> Double { dot(row, row).squareRoot() }

    private static func dot(_ left: [Double], _ right: [Double]) -> Double {
        var sums = SIMD4<Double>.zero
        var index = 0
        while index + 4 <= left.count {
            let a = SIMD4(left[index], left[index + 1], left[index + 2], left[index + 3])
            let b = SIMD4(right[index], right[index + 1], right[index + 2], right[index + 3])
            sums += a * b
            index += 4
        }
        var sum = sums.sum()
        while index < left.count {
            sum += left[index] * right[index]
            index += 1
        }
        return sum
    }

    /// A nearly normal number: the sum of twelve even ones, less their mean. SplitMix64 gives the bits.
    private mutating func normal() -> Double {
        var sum = -6.0
        for _ in 0..<12 {
            random &+= 0x9E37_79B9_7F4A_7C15
            var mixed = random
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            sum += Double((mixed ^ (mixed >> 31)) >> 11) * 0x1p-53
        }
        return sum
    }
}
