import Glibc

/// Chooses each of several targets as often as it is the best, as far as is known (Thompson 1933).
///
/// Thompson sampling draws a value of each and takes the largest; how likely a choice was is then not known. Here the
/// chances are computed first and one is drawn by them, so that what is written down is exactly what was drawn from.
enum ProbabilityMatching {
    /// The chance of each to have the largest of independent normal values, none below the floor. Their sum is 1.
    ///
    /// P(i) = ∫ φ(z) Π Φ((mᵢ + sᵢz − mⱼ) ÷ sⱼ) dz over all j but i, by the trapezoid rule, and brought to the sum 1.
    /// - Parameter floor: more than an equal chance counts as that.
    static func chances(of scores: [(mean: Double, deviation: Double)], floor: Double) -> [Double] {
        if scores.isEmpty { return [] }
        let count = Double(scores.count)
        let least = floor.isFinite ? min(max(floor, 0), 1 / count) : 0
        guard scores.allSatisfy({ $0.mean.isFinite && $0.deviation.isFinite }) else {
            return scores.map { _ in 1 / count }
        }
        // Below what another one surely reaches nothing is ever the largest.
        let bar = scores.map { $0.mean - 4 * $0.deviation }.max() ?? 0
        var raw = scores.indices.map { index -> Double in
            guard scores[index].mean + 4 * scores[index].deviation >= bar else { return 0 }
            return chance(of: index, in: scores)
        }
        let sum = raw.reduce(0, +)
        if !(sum > 0 && sum.isFinite) { raw = raw.map { _ in 1 } }
        let total = sum > 0 && sum.isFinite ? sum : count
        return raw.map { least + (1 - least * count) * $0 / total }
    }

    private static func chance(of index: Int, in scores: [(mean: Double, deviation: Double)]) -> Double {
        let own = scores[index]
        var sum = 0.0
        for node in nodes {
            let value = own.mean + own.deviation * node.value
            var product = node.density
            for (other, score) in scores.enumerated() where other != index {
                product *= below(value - score.mean, score.deviation)
            }
            sum += product
        }
        return sum
    }

    /// How likely a normal value of mean 0 is at most `distance`.
    private static func below(_ distance: Double, _ deviation: Double) -> Double {
        guard deviation > 0 else { return distance > 0 ? 1 : distance == 0 ? 0.5 : 0 }
        return 0.5 * erfc(-distance / (deviation * 2.0.squareRoot()))
    }

    /// From −4 to 4 standard deviations by a quarter. The rule is exact to four digits where deviations are alike;
    /// where one is far smaller than another its step falls between two nodes, and a hundredth may be lost.
    private static let nodes = (-16...16).map { step in
        let value = Double(step) / 4
        return (value: value, density: exp(-value * value / 2))
    }
}
