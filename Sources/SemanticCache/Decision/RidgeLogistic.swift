/// Logistic regression with a Gaussian prior of one width around zero: the most probable weights, by Newton's method.
///
/// Pure and deterministic; for tables of some ten thousand rows and a handful of columns.
package enum RidgeLogistic {
    /// The weights.
    /// - Parameters:
    ///   - rows: of equal length; shorter ones are left out.
    ///   - labels: one for each row.
    ///   - weights: what each row counts.
    ///   - ridge: the prior's precision.
    package static func fit(
        rows: [[Double]], labels: [Bool], weights: [Double], ridge: Double
    ) -> [Double] {
        let width = rows.first?.count ?? 0
        var beta = [Double](repeating: 0, count: width)
        for _ in 0..<50 {
            var gradient = beta.map { -ridge * $0 }
            var curvature = (0..<width).map { row in (0..<width).map { $0 == row ? ridge : 0 } }
            for ((row, label), weight) in zip(zip(rows, labels), weights) where row.count == width {
                let p = chance(row, beta)
                let (residual, spread) = (weight * ((label ? 1 : 0) - p), weight * p * (1 - p))
                for i in 0..<width {
                    gradient[i] += residual * row[i]
                    for j in 0...i { curvature[i][j] += spread * row[i] * row[j] }
                }
            }
            guard let step = solve(curvature, gradient) else { return beta }
            // A full Newton step may overshoot where the curve is flat.
            let largest = step.map(abs).max() ?? 0
            let share = min(1, 4 / max(largest, 1e-12))
            for i in 0..<width { beta[i] += share * step[i] }
            if largest < 1e-9 { break }
        }
        return beta
    }

    /// The chance that a row's label is true under these weights.
    package static func chance(_ row: [Double], _ weights: [Double]) -> Double {
        Distributions.logistic(zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 })
    }

    /// Solves by Cholesky's decomposition, of which only the lower triangle is read; nil unless positive definite.
    private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
        var (factor, x) = (matrix, right)
        for i in x.indices {
            for j in 0...i {
                var sum = matrix[i][j]
                for k in 0..<j { sum -= factor[i][k] * factor[j][k] }
                if i == j {
                    guard sum > 0 else { return nil }
                    factor[i][i] = sum.squareRoot()
                } else {
                    factor[i][j] = sum / factor[j][j]
                }
            }
        }
        for i in x.indices {
            for k in 0..<i { x[i] -= factor[i][k] * x[k] }
            x[i] /= factor[i][i]
        }
        for i in x.indices.reversed() {
            for k in (i + 1)..<max(i + 1, x.count) { x[i] -= factor[k][i] * x[k] }
            x[i] /= factor[i][i]
        }
        return x
    }
}
