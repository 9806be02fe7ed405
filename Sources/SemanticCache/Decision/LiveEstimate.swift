/// How many hits were wrong, as far as can be known from the few that were checked.
///
/// Hits are checked at unlike rates, so shares of wrong ones cannot simply be carried over. What carries over is how far
/// the curve is off: the truth is taken to be the curve's careful risk times one unknown factor. It has a gamma prior;
/// wrong checks against the risk they had give its posterior (the Poisson's conjugate), and with the risk of the hits
/// the number of wrong ones, chance in the unchecked hits included. Its interval is that of a gamma distribution with
/// this mean and variance. Sums, so replicas can add.
package struct LiveEstimate: Sendable, Equatable {
    /// Prior of the factor: mean 0.6, and 0.04 to 1.9 in 95 of 100 cases. In replays of six domains the truth lay
    /// between 0.1 and 1 times the careful risk.
    private static let prior = (shape: 1.5, rate: 2.5)

    /// Hits on equal questions: right by construction.
    private var exact = 0.0
    private var similar = 0.0
    private var riskOfHits = 0.0
    private var riskOfChecks = 0.0
    private var wrong = 0.0

    package init() {}

    package mutating func countExactHit() { exact += 1 }

    /// - Parameter risk: the decision's.
    package mutating func countHit(risk: Double) {
        similar += 1
        riskOfHits += min(max(risk, 0), 1)
    }

    /// A hit was checked, or was given up to be.
    package mutating func countCheck(risk: Double, isWrong: Bool) {
        riskOfChecks += min(max(risk, 0), 1)
        wrong += isWrong ? 1 : 0
    }

    package mutating func merge(_ other: LiveEstimate) {
        exact += other.exact
        similar += other.similar
        riskOfHits += other.riskOfHits
        riskOfChecks += other.riskOfChecks
        wrong += other.wrong
    }

    package var hits: Double { exact + similar }

    /// Wrong hits per hit, with the interval that holds it in 95 of 100 cases; nil before the first hit.
    package var wrongShare: (estimate: Double, low: Double, high: Double)? {
        guard hits > 0 else { return nil }
        guard riskOfHits > 0 else { return (0, 0, 0) }
        let (shape, rate) = (Self.prior.shape + wrong, Self.prior.rate + riskOfChecks)
        let mean = riskOfHits * shape / rate
        let variance = mean + riskOfHits * riskOfHits * shape / (rate * rate)
        let scale = variance / mean
        let low = Distributions.gammaQuantile(0.025, shape: mean / scale) * scale
        let high = Distributions.gammaQuantile(0.975, shape: mean / scale) * scale
        // Hits are whole: an interval that begins below half of a wrong one begins at none.
        return (mean / hits, (low < 0.5 ? 0 : low) / hits, min(high / hits, 1))
    }
}
