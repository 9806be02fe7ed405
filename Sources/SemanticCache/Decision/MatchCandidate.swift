/// A stored question near to the one that is asked, as the decision sees it.
package struct MatchCandidate: Sendable, Equatable {
    /// Cosine of the two questions, at most 1.
    package let similarity: Double
    /// Which answer it has. Entries whose answers were found to be the same share a group: neighbours with the same
    /// answer speak for one another, those with another one against.
    package let group: UInt64
    /// Whether its answer must not serve this question whatever the likeness. It still speaks for its group.
    package let isVetoed: Bool
    /// Structural differences that are no veto but a reason for doubt; each changes the score by what a namespace
    /// has learned about it.
    package let cautions: GuardReasons

    package init(similarity: Double, group: UInt64, isVetoed: Bool = false, cautions: GuardReasons = []) {
        self.similarity = similarity
        self.group = group
        self.isVetoed = isVetoed
        self.cautions = cautions
    }

    /// - Parameter verdict: the structural guard's, of the question and this candidate's.
    package init(similarity: Double, group: UInt64, verdict: GuardVerdict) {
        self.init(
            similarity: similarity, group: group, isVetoed: verdict.isVeto, cautions: verdict.cautions)
    }
}
