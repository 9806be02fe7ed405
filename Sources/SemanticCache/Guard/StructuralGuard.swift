/// The first of the hit rules: two texts that look alike to an encoder but differ in a number, an identifier or a
/// negation must not share an answer.
///
/// Pure, symmetric, and independent of any model. It only refuses; a pass says nothing about likeness.
package enum StructuralGuard {
    /// How alike (Jaccard, in per cent) two texts must be in their content words before a negation that touches a word
    /// of both refuses the pair. Below, a negation is just another way to put it: "my card does not work", "broken
    /// card".
    private static let sharedFocusOverlap = 50
    /// How alike they must be before a negation refuses whatever it touches: only the negation tells them apart.
    private static let nearlyEqualOverlap = 80

    /// How alike they must be before a number that only one of them names refuses. Below, it is a detail of a story
    /// ("I took out 100 and got 80") that the other tells in words of its own; two numbers that differ always refuse.
    private static let detailOverlap = 20

    /// The first rule that refuses `candidate` for `question`, in the order identifier, number, negation; else `.pass`.
    package static func verdict(question: GuardFeatures, candidate: GuardFeatures) -> GuardVerdict {
        if question.identifiers != candidate.identifiers { return .veto(.identifier) }
        if differsInNumber(question, candidate) { return .veto(.number) }
        if contradicts(question, candidate) { return .veto(.negation) }
        return .pass
    }

    private static func differsInNumber(_ one: GuardFeatures, _ other: GuardFeatures) -> Bool {
        if QuantityMatch.agrees(one.quantities, other.quantities) { return false }
        if !one.quantities.isEmpty, !other.quantities.isEmpty { return true }
        return one.content.overlapPercent(other.content) >= detailOverlap
    }

    /// Two texts contradict each other when one has an odd number of negations more, and their words are so alike that
    /// the negation is what remains of the difference.
    private static func contradicts(_ one: GuardFeatures, _ other: GuardFeatures) -> Bool {
        let ours = countedNegations(one, against: other)
        let theirs = countedNegations(other, against: one)
        guard (ours + theirs) % 2 == 1 else { return false }
        let overlap = one.content.overlapPercent(other.content)
        if overlap >= nearlyEqualOverlap { return true }
        return overlap >= sharedFocusOverlap && (sharesFocus(one, other) || sharesFocus(other, one))
    }

    /// "I can't find my card" and "How do I find my card?" ask the same: a first-person statement of inability does not
    /// count against a question for the way.
    private static func countedNegations(_ one: GuardFeatures, against other: GuardFeatures) -> Int {
        one.negations.count { !($0.isInability && other.asksForWay && !one.asksForWay) }
    }

    /// Whether a word that `one` negates stands in `other`, where nothing negates it.
    private static func sharesFocus(_ one: GuardFeatures, _ other: GuardFeatures) -> Bool {
        one.negations.contains { negation in
            other.content.contains(negation.focus) && !other.negations.contains { $0.focus == negation.focus }
        }
    }
}
