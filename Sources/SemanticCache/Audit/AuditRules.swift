/// Whether hits are checked, by whom, and what that may cost.
package struct AuditRules: Sendable, Equatable {
    /// The route whose model judges; nil asks no model.
    package var model: String?
    /// Of the hits on similar questions so many are checked on average, 0 to 1.
    package var rate = 0.01
    /// What the judge may cost the whole fleet on one day, in billionths of a dollar.
    package var dailyBudget = 1_000_000_000
    /// Whether a question for which an answer was found right is from then on answered by that entry at once.
    package var promotes = false
    /// Cases that may wait in one replica; more are left out.
    package var queueLimit = 256
    /// Cases judged at the same time in one replica.
    package var concurrency = 2
    /// How long one judgment may take.
    package var deadline: Duration = .seconds(30)

    package init() {}

    /// Taken out of the day's money before a judge is asked, in billionths of a dollar, and corrected behind it.
    package static let advance = 5_000_000

    /// Misses whose nearest candidate is held to be wrong more often than this are not worth a judge.
    package static let largestGreyRisk = 0.5

    /// How often an answer is taken to be wrong that a judge has found right: one in twenty.
    package static let aliasRisk = 0.05
}
