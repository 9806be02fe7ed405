package import GatewayCore

/// Acts on judgments of answers from the cache: who holds the cache.
package protocol HitJudge: Sendable {
    /// - Parameters:
    ///   - route: the configured one that the hit was served on.
    ///   - tenant: who asked, and judges.
    /// - Throws: `overloaded` when nothing, or nobody knows what, was done: the judgment may come again.
    func judge(
        _ hit: ServedHit, as verdict: Feedback.Verdict, on route: String, of tenant: TenantID
    ) async throws(GatewayError) -> FeedbackResult
}
