/// Room at a deployment. It must be renewed while it is used, and settled behind it: else it counts as used, and its
/// places and its money are free again when the lease ends.
package struct Grant: Sendable {
    /// Which of the candidates.
    package let candidate: Int
    /// What to settle.
    package let lease: Lease
    /// What the caller's scopes have left, the tightest of them in each limited dimension: for the headers that tell
    /// clients of their limits.
    package let standings: [LimitStanding]
    /// Spent and reserved of each budget of the scopes, in their order, this call included.
    package let committed: [Int]
    /// Whether one of the budgets is used by more than 80 %.
    package let isNearBudget: Bool

    package init(
        candidate: Int, lease: Lease, standings: [LimitStanding], committed: [Int], isNearBudget: Bool
    ) {
        self.candidate = candidate
        self.lease = lease
        self.standings = standings
        self.committed = committed
        self.isNearBudget = isNearBudget
    }

    /// The share of a budget from which on ``isNearBudget`` says so.
    package static let nearBudget = 0.8
}
