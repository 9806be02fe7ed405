/// What becomes of hard budgets while the fleet's account of them cannot be read.
package enum BudgetOutagePolicy: String, Sendable, CaseIterable {
    /// Each replica may spend its share of what was left when it last knew.
    case localShare = "local_share"
    /// Nobody who has a budget may spend anything.
    case closed
    /// Budgets are not looked at.
    case open
}
