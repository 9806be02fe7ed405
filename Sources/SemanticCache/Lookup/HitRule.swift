package import GatewayCore

/// Decides whether a candidate's answer serves a question. The seam between finding and serving: candidates come
/// in the order of their similarity, and the first that passes and is alive is served.
package protocol HitRule: Sendable {
    /// The least cosine at which a candidate is looked at at all: the scan drops what is below.
    var lowestUsefulSimilarity: Float { get }

    /// The same rule for questions that need another likeness.
    func with(threshold: Float) -> Self

    /// - Returns: nil to serve, or why not.
    func refusal(question: GuardFeatures, candidate: GuardFeatures, similarity: Float) -> MissReason?
}

/// Cosine at or above a threshold, and nothing that the structural guard refuses.
package struct SimilarityRule: HitRule {
    private let threshold: Float

    package init(threshold: Float) { self.threshold = threshold }

    package var lowestUsefulSimilarity: Float { threshold }

    package func with(threshold: Float) -> SimilarityRule { SimilarityRule(threshold: threshold) }

    package func refusal(question: GuardFeatures, candidate: GuardFeatures, similarity: Float) -> MissReason? {
        guard similarity >= threshold else { return .below }
        return switch StructuralGuard.verdict(question: question, candidate: candidate) {
        case .pass, .caution: nil
        case .veto(let reason): MissReason(reason)
        }
    }
}

extension MissReason {
    /// What to tell when the guard refused the nearest candidate.
    init(_ reason: GuardReason) {
        self =
            switch reason {
            case .number: .guardNumber
            case .identifier: .guardIdentifier
            case .negation: .guardNegation
            case .antonym: .guardAntonym
            case .quantifier: .guardQuantifier
            case .direction: .guardDirection
            case .entity: .guardEntity
            case .asking: .guardAsking
            case .referent: .guardReferent
            case .time: .guardTime
            case .format: .guardFormat
            case .language: .guardLanguage
            case .quoted: .guardQuoted
            }
    }
}
