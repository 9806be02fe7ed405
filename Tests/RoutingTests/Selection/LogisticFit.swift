import Foundation

/// Logistic regression by gradient descent, drawn towards a prior: the reference the shipped weights are held against.
/// The prior says which way each feature should count; a few dozen templates are too few to deny it, and enough to
/// weigh it.
struct LogisticFit {
    private(set) var bias: Double
    private(set) var weights: [Double]

    /// - Parameters:
    ///   - rows: features, and how much the request needs a strong model: 0, 0.5 or 1.
    ///   - prior: the bias and the weights before any request was seen.
    init(
        _ rows: [(features: [Double], target: Double)], prior: (bias: Double, weights: [Double]), pull: Double = 0.01,
        rounds: Int = 1500
    ) {
        bias = prior.bias
        weights = prior.weights
        for _ in 0..<rounds {
            var slope = 0.0
            var slopes = zip(weights, prior.weights).map { ($0 - $1) * pull }
            for row in rows {
                let error = (score(row.features) - row.target) / Double(rows.count)
                slope += error
                for index in slopes.indices { slopes[index] += error * row.features[index] }
            }
            bias -= 4 * slope
            for index in weights.indices { weights[index] -= 4 * slopes[index] }
        }
    }

    func score(_ features: [Double]) -> Double {
        1 / (1 + exp(-zip(features, weights).reduce(bias) { $0 + $1.0 * $1.1 }))
    }

    /// The chance that a positive scores higher than a negative.
    static func areaUnderCurve(_ scored: [(score: Double, isPositive: Bool)]) -> Double {
        let positives = scored.filter(\.isPositive).map(\.score)
        let negatives = scored.filter { !$0.isPositive }.map(\.score)
        let wins = positives.reduce(0.0) { sum, positive in
            sum + negatives.reduce(0.0) { $0 + (positive > $1 ? 1 : positive == $1 ? 0.5 : 0) }
        }
        return wins / Double(positives.count * negatives.count)
    }
}
