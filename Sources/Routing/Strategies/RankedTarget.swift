/// A candidate's place.
package struct RankedTarget: Sendable, Equatable {
    /// Where it stands among the candidates.
    package let index: Int
    package var reason: RankReason
    /// Nil where nothing was learned.
    package var learned: LearnedFigures?

    init(_ index: Int, _ reason: RankReason) {
        self.index = index
        self.reason = reason
    }

    /// The same one where it stands in another list.
    func moved(to index: Int) -> RankedTarget {
        var target = RankedTarget(index, reason)
        target.learned = learned
        return target
    }
}
