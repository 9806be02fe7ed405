/// The share of wrong answers among those served, as far as a few that were looked into tell.
package struct WrongShare: Sendable, Equatable {
    package let estimate: Double
    /// Both ends of the interval that holds the truth in 95 of 100 cases.
    package let low: Double
    package let high: Double
    /// The truth is above it in at most 5 of 100 cases.
    package let limit: Double

    /// Labels, each counted for the lookups it speaks for, and Clopper and Pearson's limits for the number of even
    /// draws that would tell as much (Kish 1965).
    ///
    /// - Returns: nil without a label.
    init?(_ labels: some Sequence<WeighedLabel>) {
        var (all, squares, wrong) = (0.0, 0.0, 0.0)
        for label in labels {
            all += label.weight
            squares += label.weight * label.weight
            if !label.isRight { wrong += label.weight }
        }
        guard all > 0 else { return nil }
        let draws = all * all / squares
        estimate = wrong / all
        let mistakes = estimate * draws
        low = mistakes > 0 ? Distributions.betaQuantile(0.025, mistakes, draws - mistakes + 1) : 0
        high = Self.upper(0.975, mistakes, draws)
        limit = Self.upper(0.95, mistakes, draws)
    }

    private init(estimate: Double, low: Double, high: Double, limit: Double) {
        self.estimate = estimate
        self.low = low
        self.high = high
        self.limit = limit
    }

    private static func upper(_ probability: Double, _ wrong: Double, _ draws: Double) -> Double {
        guard draws - wrong > 1e-9 else { return 1 }
        return Distributions.betaQuantile(probability, wrong + 1, draws - wrong)
    }

    /// The same among all answers, of which only this part can be wrong.
    package func diluted(to part: Double) -> WrongShare {
        WrongShare(estimate: estimate * part, low: low * part, high: high * part, limit: limit * part)
    }
}
