/// Notices that answers have become wrong more often than the curve expects.
///
/// Two watchers of the labels near to being served: Page's cumulative sum (Biometrika 41, 1954) of the evidence that
/// the odds of a wrong answer have tripled, for a slow rise, and a z-test of the last labels against what was expected
/// of them, for a sudden one. Where the curve is right, 5,000 labels raise an alarm in
/// at most one of 20 runs. Pure.
package struct DriftMonitor: Sendable, Equatable {
    /// Candidates more doubtful than this say nothing about hits.
    private static let largestRisk = 0.5
    /// The change that is looked for, by which the odds of a wrong answer are multiplied. Odds that are only half as
    /// much again, a curve a little off, let the sum fall.
    private static let oddsFactor = 3.0
    /// The logarithm of how much likelier the change must have become. By chance the sum gets there at most once in
    /// e^12 labels.
    private static let sumLimit = 12.0
    /// Labels of the z-test, and how many deviations are too many.
    private static let window = 60
    private static let deviationLimit = 4.0

    private var sum = 0.0
    private var recent: [(excess: Double, variance: Double)] = []
    private var next = 0

    package init() {}

    package static func == (left: DriftMonitor, right: DriftMonitor) -> Bool {
        left.sum == right.sum && left.next == right.next
            && left.recent.elementsEqual(right.recent) { $0.excess == $1.excess && $0.variance == $1.variance }
    }

    /// Takes a label.
    /// - Parameters:
    ///   - risk: the chance that it be wrong, as it was seen before.
    /// - Returns: whether this is a drift. The monitor then begins anew.
    package mutating func add(risk: Double, isWrong: Bool) -> Bool {
        guard risk <= Self.largestRisk, risk >= 0 else { return false }
        let label = (excess: (isWrong ? 1 : 0) - risk, variance: risk * (1 - risk))
        // A label's likelihood if the odds were multiplied, by its likelihood as expected.
        let ratio = (isWrong ? Self.oddsFactor : 1) / (1 - risk + Self.oddsFactor * risk)
        sum = max(sum + Distributions.logarithm(ratio), 0)
        if recent.count < Self.window { recent.append(label) } else { recent[next] = label }
        next = (next + 1) % Self.window
        guard sum > Self.sumLimit || deviations > Self.deviationLimit else { return false }
        self = DriftMonitor()
        return true
    }

    private var deviations: Double {
        guard recent.count == Self.window else { return 0 }
        let excess = recent.reduce(0) { $0 + $1.excess }
        // One label's worth of variance: where next to nothing is expected, one mistake is no drift.
        let variance = recent.reduce(1) { $0 + $1.variance }
        return excess / variance.squareRoot()
    }
}
