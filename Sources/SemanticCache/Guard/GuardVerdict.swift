/// What the structural guard says of a pair: the candidate may go on, or its answer must not serve the question.
package enum GuardVerdict: Sendable, Equatable {
    case pass
    case veto(GuardReason)
}
