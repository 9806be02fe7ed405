/// What a virtual model chose for one request.
package struct SelectionDecision: Sendable {
    /// One target that may take the request.
    package struct Choice: Sendable, Equatable {
        package let target: SelectionTarget
        package let estimate: TokenEstimate
        /// Nano-dollars; nil when the prices are not known.
        package let cost: Int?
    }

    /// Those that may, in the order in which to fall back; inside a group the route's strategy orders, except for
    /// ``VirtualModel/Objective/cost``, whose one group stands in the order of cost. Empty when none may.
    package let groups: [[Choice]]
    /// What to keep for the session; nil when this request says nothing about the next.
    package let held: HeldTier?
    package let explanation: Explanation
}
