/// What a namespace has learned about its scores: per bin, how many candidates would have been right, and wrong.
///
/// These are sufficient statistics: ``ScoreCurve`` needs nothing else. Evidence fades by the number of labels, not by
/// time: what was learned while the cache was sparse says little once it is full. Adding evidence of several replicas
/// bin by bin is order-independent; each fades only by its own labels.
package struct CalibrationEvidence: Sendable, Equatable {
    /// What is left of a label after one more: half after 346, so that about 500 labels speak at any time.
    private static let fading = 0.998

    private(set) var right: [Double]
    private(set) var wrong: [Double]

    package init() {
        right = Array(repeating: 0, count: ScoreBins.count)
        wrong = right
    }

    /// Labels that still count, by their weights.
    package var weight: Double { right.reduce(0, +) + wrong.reduce(0, +) }

    /// By bin: labels that said "right" of its scores or higher ones.
    var rightsUpwards: [Double] {
        var sums = right
        for bin in (0..<ScoreBins.count - 1).reversed() { sums[bin] += sums[bin + 1] }
        return sums
    }

    /// - Parameter weight: from 0 to 10; others are brought into this range, and what is no number is left out.
    package mutating func add(score: Double, isRight: Bool, weight: Double) {
        guard weight.isFinite, !score.isNaN else { return }
        for bin in 0..<ScoreBins.count {
            right[bin] *= Self.fading
            wrong[bin] *= Self.fading
        }
        let bin = ScoreBins.index(score)
        let weight = min(max(weight, 0), 10)
        if isRight { right[bin] += weight } else { wrong[bin] += weight }
    }

    /// Adds what another replica has learned.
    package mutating func merge(_ other: CalibrationEvidence) {
        for bin in 0..<ScoreBins.count {
            right[bin] += other.right[bin]
            wrong[bin] += other.wrong[bin]
        }
    }

    /// Keeps a share of all evidence: after a drift the past is a weak guide.
    /// - Parameter share: from 0 to 1.
    package mutating func fade(to share: Double) {
        let share = min(max(share, 0), 1)
        for bin in 0..<ScoreBins.count {
            right[bin] *= share
            wrong[bin] *= share
        }
    }

    /// For what was read from the store.
    mutating func set(_ bin: Int, right: Double, wrong: Double) {
        self.right[bin] = right
        self.wrong[bin] = wrong
    }
}
