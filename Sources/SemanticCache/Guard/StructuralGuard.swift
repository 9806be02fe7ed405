/// The first of the hit rules: two texts that look alike to an encoder but differ in a number, a negation, a name, the
/// order of things or whatever else ``GuardReason`` lists must not share an answer.
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
    /// ("I took out 100 and got 80") that the other tells in words of its own, and a reason for doubt; two numbers that
    /// differ always refuse.
    private static let detailOverlap = 75

    /// The first rule that refuses `candidate` for `question`; else what there is to doubt.
    package static func verdict(question: GuardFeatures, candidate: GuardFeatures) -> GuardVerdict {
        if question.identifiers != candidate.identifiers { return .veto(.identifier) }
        let numbers = compareNumbers(question, candidate)
        if numbers == .differ { return .veto(.number) }
        if numbers == .agree, question.words == candidate.words, question.negations == candidate.negations,
            question.quotes == candidate.quotes, question.marks == candidate.marks
        {
            return question.language == .other ? .caution(GuardReasons(.language)) : .pass
        }
        let overlap = question.content.overlapPercent(candidate.content)
        let frame = WordFrame(question.words, candidate.words)
        if numbers == .detail, overlap >= detailOverlap || frame.isSlot { return .veto(.number) }
        let contrasts = ContrastRule.compare(
            question.marks, candidate.marks, overlap: overlap, isSlot: frame.isSlot,
            isNegated: hasOddNegations(question, candidate))
        // "It looks wrong" and "It does not look right": opposites and a negation make up for one another.
        if !contrasts.cautions.contains(.antonym), contradicts(question, candidate, overlap: overlap) {
            return .veto(.negation)
        }
        if let reason = contrasts.veto { return .veto(reason) }
        if DirectionRule.differs(question.words, candidate.words, frame: frame, overlap: overlap) {
            return .veto(.direction)
        }
        if differsInQuotes(question.quotes, candidate.quotes) { return .veto(.quoted) }
        if differsInLanguage(question.language, candidate.language) { return .veto(.language) }
        let names = NameRule.compare(question.words, candidate.words, frame: frame, overlap: overlap)
        if let reason = names.veto { return .veto(reason) }
        var cautions = contrasts.cautions.union(names.cautions)
        if numbers == .detail { cautions.insert(GuardReasons(.number)) }
        if question.language == .other || candidate.language == .other { cautions.insert(GuardReasons(.language)) }
        return cautions.isEmpty ? .pass : .caution(cautions)
    }

    /// Each quotes something that the other does not.
    private static func differsInQuotes(_ ours: [UInt32], _ theirs: [UInt32]) -> Bool {
        ours.contains { !theirs.contains($0) } && theirs.contains { !ours.contains($0) }
    }

    private static func differsInLanguage(_ ours: LanguageSet, _ theirs: LanguageSet) -> Bool {
        !ours.isEmpty && !theirs.isEmpty && ours != theirs
    }

    private enum NumberFinding {
        case agree, detail, differ
    }

    private static func compareNumbers(_ one: GuardFeatures, _ other: GuardFeatures) -> NumberFinding {
        if QuantityMatch.agrees(one.quantities, other.quantities) { return .agree }
        return one.quantities.isEmpty || other.quantities.isEmpty ? .detail : .differ
    }

    /// Two texts contradict each other when one has an odd number of negations more, and their words are so alike that
    /// the negation is what remains of the difference.
    private static func contradicts(_ one: GuardFeatures, _ other: GuardFeatures, overlap: Int) -> Bool {
        guard hasOddNegations(one, other) else { return false }
        if overlap >= nearlyEqualOverlap { return true }
        return overlap >= sharedFocusOverlap && (sharesFocus(one, other) || sharesFocus(other, one))
    }

    private static func hasOddNegations(_ one: GuardFeatures, _ other: GuardFeatures) -> Bool {
        (countedNegations(one, against: other) + countedNegations(other, against: one)) % 2 == 1
    }

    /// "I don't know how to pay" and "How do I pay?" ask the same, too, unless the other knows it.
    ///
    /// "I can't find my card" and "How do I find my card?" ask the same: a first-person statement of inability does not
    /// count against a question for the way.
    private static func countedNegations(_ one: GuardFeatures, against other: GuardFeatures) -> Int {
        one.negations.count { negation in
            if negation.isIgnorance, !other.content.contains(negation.focus) { return false }
            return !(negation.isInability && other.asksForWay && !one.asksForWay)
        }
    }

    /// Whether a word that `one` negates stands in `other`, where nothing negates it.
    private static func sharesFocus(_ one: GuardFeatures, _ other: GuardFeatures) -> Bool {
        one.negations.contains { negation in
            other.content.contains(negation.focus) && !other.negations.contains { $0.focus == negation.focus }
        }
    }
}
