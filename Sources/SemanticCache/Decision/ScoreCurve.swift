/// P(the answer is right | score) in one namespace: a logistic line over the score, with what is not known about it.
///
/// The line's intercept and slope have a Gaussian prior, which says what domains are like that were seen before; the
/// namespace's evidence moves it. Posterior by Laplace's approximation at the most probable line, which Newton's
/// method finds over the bins. Pure; some 10 µs to fit.
package struct ScoreCurve: Sendable, Equatable {
    /// No wording is sure to mean the same: the share of wrong answers that no score rules out. Of the pairs with the
    /// highest scores about so many were wrong in replays, many by a doubtful label.
    private static let lapse = 0.002
    /// The prior: mean and standard deviation of intercept and slope between domains.
    private static let prior = (intercept: (mean: -0.3, deviation: 1.4), slope: (mean: 1.0, deviation: 0.3))
    /// A higher score never means a lower chance.
    private static let leastSlope = 0.2

    package private(set) var intercept = ScoreCurve.prior.intercept.mean
    package private(set) var slope = ScoreCurve.prior.slope.mean
    /// Posterior variances of both and their covariance.
    private var varianceOfIntercept = ScoreCurve.prior.intercept.deviation * ScoreCurve.prior.intercept.deviation
    private var varianceOfSlope = ScoreCurve.prior.slope.deviation * ScoreCurve.prior.slope.deviation
    private var covariance = 0.0

    /// What is believed of a namespace before anything is known about it.
    package init() {}

    /// Fits the line anew; starts at the last one, so that little evidence costs few steps.
    package mutating func fit(_ evidence: CalibrationEvidence) {
        let precisionOfIntercept = 1 / (Self.prior.intercept.deviation * Self.prior.intercept.deviation)
        let precisionOfSlope = 1 / (Self.prior.slope.deviation * Self.prior.slope.deviation)
        for _ in 0..<25 {
            var g0 = -precisionOfIntercept * (intercept - Self.prior.intercept.mean)
            var g1 = -precisionOfSlope * (slope - Self.prior.slope.mean)
            var (h00, h01, h11) = (precisionOfIntercept, 0.0, precisionOfSlope)
            for bin in 0..<ScoreBins.count {
                let right = evidence.right[bin]
                let labels = right + evidence.wrong[bin]
                guard labels > 0 else { continue }
                let z = ScoreBins.centre(bin)
                let p = Distributions.logistic(intercept + slope * z)
                let (residual, spread) = (right - labels * p, labels * p * (1 - p))
                g0 += residual
                g1 += residual * z
                h00 += spread
                h01 += spread * z
                h11 += spread * z * z
            }
            let determinant = h00 * h11 - h01 * h01
            let step = (intercept: (h11 * g0 - h01 * g1) / determinant, slope: (h00 * g1 - h01 * g0) / determinant)
            let largest = max(abs(step.intercept), abs(step.slope))
            // Newton's method may overshoot far from the maximum.
            let share = min(1, 2 / max(largest, 1e-12))
            intercept += share * step.intercept
            slope = max(slope + share * step.slope, Self.leastSlope)
            (varianceOfIntercept, varianceOfSlope, covariance) =
                (h11 / determinant, h00 / determinant, -h01 / determinant)
            if largest < 1e-6 { break }
        }
    }

    /// The chance that the answer is right, in log odds and at the most probable line.
    func logOdds(_ score: Double) -> Double { intercept + slope * score }

    /// The standard deviation of ``logOdds(_:)``.
    func deviation(_ score: Double) -> Double {
        max(varianceOfIntercept + 2 * score * covariance + score * score * varianceOfSlope, 0).squareRoot()
    }

    /// The chance that the answer would be wrong, so many standard deviations on the careful side.
    package func risk(_ score: Double, deviations: Double) -> Double {
        let right = Distributions.logistic(logOdds(score) - deviations * deviation(score))
        return Self.lapse + (1 - Self.lapse) * (1 - right)
    }

    /// The highest lower bound of P(right) that holds on average over what is not known about the line: the largest
    /// (1 − ε) P(right at the lower ε quantile) on a grid of ε with six points a decade from 10⁻⁶ to 1
    /// (field of vCache, arXiv 2502.03771, with the grid spaced by logarithms).
    package func lowerBound(_ score: Double) -> Double {
        var best = 0.0
        for quantile in Self.quantiles {
            best = max(best, (1 - quantile.share) * (1 - risk(score, deviations: quantile.deviations)))
        }
        return best
    }

    private static let quantiles = (1...36).map { step in
        let share = Distributions.exponential(-Double(step) / 6 * 2.302_585_092_994_046)
        return (share: share, deviations: -Distributions.normalQuantile(share))
    }
}
