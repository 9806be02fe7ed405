/// How a namespace stands, for metrics and reports.
package struct DecisionStanding: Sendable {
    package let space: DecisionSpace
    package let counts: DecisionCounts
    package let estimate: LiveEstimate
    /// The lowest score that labels have proven to keep the budget; ∞ when none has.
    package let provenFloor: Double

    init(_ space: DecisionSpace, _ decider: NamespaceDecider) {
        self.space = space
        counts = decider.counts
        estimate = decider.estimate
        provenFloor = decider.provenFloor
    }
}
