/// A tenant, team or key with what it may use.
package struct ScopeLimits: Sendable, Equatable {
    package var scope: LimitScope
    package var limits: Limits
    /// At most one for each period.
    package var budgets: [HardBudget]

    package init(_ scope: LimitScope, limits: Limits = Limits(), budgets: [HardBudget] = []) {
        self.scope = scope
        self.limits = limits
        self.budgets = budgets
    }
}
