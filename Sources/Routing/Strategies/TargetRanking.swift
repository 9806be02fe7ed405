/// In which order to try the candidates, and why.
package struct TargetRanking: Sendable, Equatable {
    /// Those that may be called, best first.
    package var targets: [RankedTarget] = []
    /// Those that must not be.
    package var excluded: [RankedTarget] = []
    /// Whether even the first is a target that fails: there is no better one, and an answer is not to be expected.
    /// Health lets few calls at a time go to such a target.
    package var isLastResort = false
}
