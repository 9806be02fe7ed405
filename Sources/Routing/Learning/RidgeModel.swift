/// What sums say of one target: a Bayesian linear regression of the score on the features.
///
/// The score of features x is θᵀx with noise of variance σ². Before any judgment θ is normal around the registry's
/// quality (on the constant feature) and 0 (on the others), with the precisions Λ/σ². Behind them its mean is
/// (A + Λ)⁻¹(b + Λθ₀) and its covariance σ²(A + Λ)⁻¹, with A = Σw·x·xᵀ and b = Σw·y·x (Bishop, Pattern Recognition and
/// Machine Learning, 3.3).
struct RidgeModel: Sendable {
    /// σ. The scores of people and judges are near 0 and 1: for a target that is right in 80 % it is 0.4.
    static let noise = 0.4
    /// λ of the constant: the registry's quality counts as four judgments, and is meant to be right by 0.2.
    static let biasPrecision = 4.0
    /// λ of the others: what a request is about may change the score by 0.3.
    static let precision = 2.0

    private static let side = LearningFeatures.dimension
    private static let width = side / 4

    /// (A + Λ)⁻¹, row by row.
    private let inverse: [SIMD4<Float>]
    /// b, four by four.
    private let responses: [SIMD4<Float>]
    let weight: Double

    /// Takes sums that no judgments can have come to for none. Some 40 µs.
    init(_ sums: LearningSums) {
        if sums.weight > 0, let inverse = Self.inverse(of: sums) {
            self.inverse = inverse
            responses = Self.grouped((0..<Self.side).map(sums.response))
            weight = sums.weight
        } else {
            inverse = Self.prior
            responses = Array(repeating: .zero, count: Self.width)
            weight = 0
        }
    }

    /// Before any judgment.
    static let unjudged = RidgeModel(LearningSums())

    /// Some 0.2 µs.
    /// - Parameter prior: the quality that the registry names for the kind of work, 0 to 1.
    func score(_ features: LearningFeatures, prior: Double) -> LearnedScore {
        // u = (A + Λ)⁻¹x; then the mean is uᵀ(b + Λθ₀), and the variance σ²·uᵀx.
        var mean: Float = 0
        var variance: Float = 0
        var onBias: Float = 0
        let matrix = inverse.span
        let point = features.groups.span
        let rights = responses.span
        for group in 0..<Self.width {
            var part = SIMD4<Float>.zero
            for lane in 0..<4 {
                let start = (group * 4 + lane) * Self.width
                var sum = SIMD4<Float>.zero
                for index in 0..<Self.width { sum += matrix[start + index] * point[index] }
                part[lane] = sum.sum()
            }
            mean += (part * rights[group]).sum()
            variance += (part * point[group]).sum()
            if group == LearningFeatures.bias / 4 { onBias = part[LearningFeatures.bias % 4] }
        }
        return LearnedScore(
            quality: Double(mean) + Double(onBias) * Self.biasPrecision * prior,
            deviation: Self.noise * Double(max(variance, 0)).squareRoot(), judgments: weight)
    }

    private static func precision(at index: Int) -> Double {
        index == LearningFeatures.bias ? biasPrecision : precision
    }

    private static var prior: [SIMD4<Float>] {
        let rows = (0..<side).map { row in (0..<side).map { $0 == row ? 1 / precision(at: row) : 0 } }
        return rows.flatMap(grouped)
    }

    private static func grouped(_ values: [Double]) -> [SIMD4<Float>] {
        stride(from: 0, to: side, by: 4).map { start in
            var group = SIMD4<Float>.zero
            for lane in 0..<4 { group[lane] = Float(values[start + lane]) }
            return group
        }
    }

    /// By Cholesky's decomposition A + Λ = LLᵀ. Nil where there is none.
    private static func inverse(of sums: LearningSums) -> [SIMD4<Float>]? {
        var lower = [Double](repeating: 0, count: side * side)
        for row in 0..<side {
            for column in 0...row {
                var sum = sums.product(row, column) + (row == column ? precision(at: row) : 0)
                for index in 0..<column { sum -= lower[row * side + index] * lower[column * side + index] }
                if row == column {
                    guard sum > 0, sum.isFinite else { return nil }
                    lower[row * side + row] = sum.squareRoot()
                } else {
                    lower[row * side + column] = sum / lower[column * side + column]
                }
            }
        }
        var rows: [SIMD4<Float>] = []
        rows.reserveCapacity(side * width)
        for unit in 0..<side {
            // The inverse is symmetric: its columns are its rows.
            rows += grouped(solve(lower, unit: unit))
        }
        return rows.allSatisfy { $0.x.isFinite && $0.y.isFinite && $0.z.isFinite && $0.w.isFinite } ? rows : nil
    }

    /// z of LLᵀz = e, for the unit vector e.
    private static func solve(_ lower: [Double], unit: Int) -> [Double] {
        var solution = [Double](repeating: 0, count: side)
        for row in unit..<side {
            var sum = row == unit ? 1.0 : 0
            for index in unit..<row { sum -= lower[row * side + index] * solution[index] }
            solution[row] = sum / lower[row * side + row]
        }
        for row in (0..<side).reversed() {
            var sum = solution[row]
            for index in (row + 1)..<side { sum -= lower[index * side + row] * solution[index] }
            solution[row] = sum / lower[row * side + row]
        }
        return solution
    }
}
