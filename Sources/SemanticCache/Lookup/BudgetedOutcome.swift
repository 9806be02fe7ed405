package import GatewayCore

/// What a search under an error budget came to.
package struct BudgetedOutcome: Sendable {
    package let outcome: SimilarOutcome
    /// What can be learned from it later; nil when there was no candidate that might have served.
    package var ticket: DecisionTicket?
    /// How sure the candidate was.
    package var confidence: HitConfidence?
    /// The most similar answer that would have served but for its age.
    package var stale: StaleAnswer?
}
