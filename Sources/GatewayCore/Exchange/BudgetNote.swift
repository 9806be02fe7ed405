/// How much of one budget is spent or reserved.
package struct BudgetNote: Sendable, Hashable {
    /// Such as `tenant acme`.
    package let scope: String
    /// `day`, `month` or `total`.
    package let period: String
    /// Billionths of a dollar.
    package let committed: Int
    package let limit: Int

    package init(scope: String, period: String, committed: Int, limit: Int) {
        self.scope = scope
        self.period = period
        self.committed = committed
        self.limit = limit
    }

    /// 0 for none of it, 1 for all; above 1 where more was spent than estimated.
    package var share: Double { limit > 0 ? Double(committed) / Double(limit) : 1 }
}
