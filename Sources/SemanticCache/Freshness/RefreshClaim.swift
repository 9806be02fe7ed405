/// What asking for the right to make an answer anew has come to.
package enum RefreshClaim: Sendable, Equatable {
    case granted(RefreshLease)
    /// Somebody else has it, for so long at most.
    case held(Duration)
    /// It was made anew since the answer that was seen.
    case done
}
