/// When a failed request leaves its target for the next one, and whether it may come there from another. Pure.
package struct FallbackRule: Sendable, Equatable {
    /// The statuses with which it leaves; nil for the usual: all that are not the request's own fault. What fails
    /// without a status always leaves.
    package var statuses: Set<Int>?
    /// False for a target that is a request's first or none.
    package var isCandidate = true

    package init(statuses: Set<Int>? = nil, isCandidate: Bool = true) {
        self.statuses = statuses
        self.isCandidate = isCandidate
    }

    func leaves(after failure: CallFailure) -> Bool {
        guard let statuses, case .status(let status) = failure.sign else { return failure.fault != .request }
        return statuses.contains(status)
    }
}
