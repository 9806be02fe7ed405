/// Labels by the bin of their score, to prove floors with: whole ones that do not fade, of what was drawn at random.
package struct FloorLabels: Sendable, Equatable {
    private var right = Array(repeating: 0, count: ScoreBins.count)
    private var wrong = Array(repeating: 0, count: ScoreBins.count)

    package init() {}

    mutating func add(score: Double, isRight: Bool) {
        let bin = ScoreBins.index(score)
        if isRight { right[bin] += 1 } else { wrong[bin] += 1 }
    }

    /// The lowest bin that labels prove to keep a budget, see ``FloorCertification``; `ScoreBins.count` when none.
    func provenFloor(budget: Double) -> Int {
        let proven = FloorCertification.provenBins(
            wrong: wrong.reversed(), labels: zip(right, wrong).map(+).reversed(), budget: budget)
        return ScoreBins.count - proven
    }
}
