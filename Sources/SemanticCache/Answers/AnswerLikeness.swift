/// Whether a fresh answer says what a stored one says, as far as that can be told without asking a model.
///
/// A label that is wrong costs more than one that is missing: with one wrong label in twenty a namespace stays shut. So
/// only the two ends of the scale are called, and what lies between teaches nothing. How often the ends err is in
/// docs/decisions/0029.
package enum AnswerLikeness {
    /// What two answers were found to be.
    package enum Verdict: String, Sendable, CaseIterable {
        case same
        case different
        case unsure
    }

    /// From this cosine on, and with nothing that the structural guard refuses or doubts, two texts say the same.
    private static let same: Float = 0.95
    /// Up to this one they do not.
    private static let different: Float = 0.55

    /// - Parameter cosine: of both answers' vectors; nil where there are none.
    package static func verdict(fresh: String, stored: String, cosine: Float?) -> Verdict {
        if AnswerGroup.equals(fresh, stored) { return .same }
        guard let cosine else { return .unsure }
        return verdict(
            cosine: cosine,
            structure: StructuralGuard.verdict(
                question: GuardFeatures(text: fresh), candidate: GuardFeatures(text: stored)))
    }

    /// Of two texts that are not equal.
    /// - Parameter structure: what the guard says of them.
    package static func verdict(cosine: Float, structure: GuardVerdict) -> Verdict {
        if cosine <= different { return .different }
        switch structure {
        case .veto(.number), .veto(.identifier): return .different
        case .veto, .caution: return .unsure
        case .pass: return cosine >= same ? .same : .unsure
        }
    }
}
