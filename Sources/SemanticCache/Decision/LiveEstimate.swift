/// How many hits were wrong, as far as can be known from the few that were checked.
///
/// Hits are checked at unlike rates, so shares of wrong ones cannot simply be carried over. What carries over is how
/// far the curve is off: the truth is taken to be the curve's careful risk times one unknown factor. It has a gamma
/// prior; wrong checks against the risk they had give its posterior, the Poisson's conjugate. The number of wrong hits,
/// chance among the unchecked included, is then negative binomial, and the interval is that of its quantiles. Sums, so
/// replicas can add.
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

    /// What was to be served was gone.
    package mutating func withdrawHit(risk: Double) {
        similar = max(similar - 1, 0)
        riskOfHits = max(riskOfHits - min(max(risk, 0), 1), 0)
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
        let low = quantile(0.025, shape: shape, rate: rate)
        let high = quantile(0.975, shape: shape, rate: rate)
        return (mean / hits, low / hits, high / hits)
    }

    /// The least number of wrong hits that is not exceeded with this probability: P(X ≤ x) is the beta distribution
    /// with shape and x + 1 at rate ÷ (rate + risk).
    private func quantile(_ probability: Double, shape: Double, rate: Double) -> Double {
        let share = rate / (rate + riskOfHits)
        var (low, high) = (0.0, similar.rounded(.up))
        while low < high {
            let middle = ((low + high) / 2).rounded(.down)
            if Distributions.betaCumulative(share, shape, middle + 1) < probability {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
