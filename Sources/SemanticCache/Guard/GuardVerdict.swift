/// What the structural guard says of a pair: the candidate may go on, or its answer must not serve the question.
package enum GuardVerdict: Sendable, Equatable {
    case pass
    /// Nothing forbids it, but these differences are reasons for doubt; what they weigh is learned.
    case caution(GuardReasons)
    case veto(GuardReason)

    package var isVeto: Bool {
        if case .veto = self { return true }
        return false
    }

    package var cautions: GuardReasons {
        if case .caution(let reasons) = self { return reasons }
        return []
    }
}
