/// How many hits were wrong, as far as can be known from the few that were checked.
///
/// Hits are counted in strata of like risk, because they are checked at unlike rates. Each stratum's share of wrong hits
/// has a beta prior around the curve's risk, worth ``priorLabels`` labels; the checked ones move it. The total's mean and
/// variance, the chance in the unchecked hits among it, give a gamma distribution, whose quantiles are the interval.
package struct LiveEstimate: Sendable, Equatable {
    private struct Stratum: Sendable, Equatable {
        var hits = 0.0
        var risk = 0.0
        var checked = 0.0
        var wrong = 0.0
    }

    /// Upper ends of the strata by risk; one more is for what lies above.
    private static let ends = [0.003, 0.006, 0.012, 0.025, 0.05, 0.1]
    private static let priorLabels = 50.0

    private var strata = Array(repeating: Stratum(), count: LiveEstimate.ends.count + 1)
    /// Hits on equal questions: right by construction.
    private var exact = 0.0

    package init() {}

    package mutating func countExactHit() { exact += 1 }

    /// - Parameter risk: the decision's.
    package mutating func countHit(risk: Double) {
        let place = Self.place(risk)
        strata[place].hits += 1
        strata[place].risk += risk
    }

    /// A hit was checked, or was given up to be.
    package mutating func countCheck(risk: Double, isWrong: Bool) {
        let place = Self.place(risk)
        strata[place].checked += 1
        strata[place].wrong += isWrong ? 1 : 0
    }

    package mutating func merge(_ other: LiveEstimate) {
        exact += other.exact
        for place in strata.indices {
            strata[place].hits += other.strata[place].hits
            strata[place].risk += other.strata[place].risk
            strata[place].checked += other.strata[place].checked
            strata[place].wrong += other.strata[place].wrong
        }
    }

    package var hits: Double { strata.reduce(exact) { $0 + $1.hits } }

    /// Wrong hits per hit, with the interval that holds it in 95 of 100 cases; nil before the first hit.
    package var wrongShare: (estimate: Double, low: Double, high: Double)? {
        guard hits > 0 else { return nil }
        var (mean, variance) = (0.0, 0.0)
        for stratum in strata where stratum.hits > 0 {
            let prior = stratum.risk / stratum.hits
            let labels = Self.priorLabels + stratum.checked
            let share = (prior * Self.priorLabels + stratum.wrong) / labels
            mean += stratum.hits * share
            // What is not known about the share, and the chance in the hits themselves.
            variance += stratum.hits * share * (1 - share) * (1 + stratum.hits / (labels + 1))
        }
        guard mean > 0, variance > 0 else { return (0, 0, 0) }
        let scale = variance / mean
        let shape = mean / scale
        let low = Distributions.gammaQuantile(0.025, shape: shape) * scale
        let high = Distributions.gammaQuantile(0.975, shape: shape) * scale
        // Hits are whole: an interval that begins below half of a wrong one begins at none.
        return (mean / hits, (low < 0.5 ? 0 : low) / hits, min(high / hits, 1))
    }

    private static func place(_ risk: Double) -> Int { ends.firstIndex { risk < $0 } ?? ends.count }
}
