/// A candidate's place.
package struct RankedTarget: Sendable, Equatable {
    /// Where it stands among the candidates.
    package let index: Int
    package var reason: RankReason

    init(_ index: Int, _ reason: RankReason) {
        self.index = index
        self.reason = reason
    }
}
