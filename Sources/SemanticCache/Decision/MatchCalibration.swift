/// What turns features into a score: ridge logistic weights, learned on labelled questions of several domains.
///
/// The score is in log odds. A namespace learns on top of it how far it is to be trusted there (``ScoreCurve``).
package struct MatchCalibration: Sendable, Equatable {
    package let intercept: Double
    package let closeness: Double
    package let odds: Double

    package init(intercept: Double, closeness: Double, odds: Double) {
        self.intercept = intercept
        self.closeness = closeness
        self.odds = odds
    }

    /// Weights from ``RidgeLogistic`` on the rows of ``row(_:)``; nil unless there are three.
    package init?(weights: [Double]) {
        guard weights.count == 3, weights.allSatisfy(\.isFinite) else { return nil }
        self.init(intercept: weights[0], closeness: weights[1], odds: weights[2])
    }

    /// For all-MiniLM-L6-v2. Learned on replays of banking77 and nlupp (CC BY 4.0, PolyAI) and clinc150 (CC BY 3.0,
    /// Larson et al.); how, and how it fares on domains that it has not seen, is in docs/decisions/0023.
    package static let miniLM = MatchCalibration(intercept: -1.46, closeness: 0.71, odds: 0.74)

    package func score(_ features: MatchFeatures) -> Double {
        intercept + closeness * features.closeness + odds * features.odds
    }

    /// The features as a row for ``RidgeLogistic``. The guard's cautions are none of it: what they weigh on some
    /// domains said nothing about others, so each namespace learns it alone (docs/decisions/0023).
    package static func row(_ features: MatchFeatures) -> [Double] { [1, features.closeness, features.odds] }
}
