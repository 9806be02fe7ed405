/// What the score is made of: how close the best candidate is, and how its answer stands against the others'.
///
/// Pure, a microsecond for eight candidates.
package struct MatchFeatures: Sendable, Equatable {
    /// How many candidates are looked at; more add nothing that pays (docs/decisions/0019).
    package static let maximumCandidates = 8

    /// How fast a neighbour's voice fades: one that is 0.05 further has 1 ÷ e of it.
    private static let sharpness = 20.0
    /// The cosine of an imagined neighbour with another answer, which stands for all that was never asked.
    private static let unseen = 0.4
    /// Keeps the closeness of equal questions finite; also about how far apart wordings of one question begin.
    private static let closest = 0.03
    private static let largestOdds = 8.0

    /// Place of the candidate that may be served, in the order given.
    package let candidate: Int
    /// −ln(1 − cosine + 0.03): grows where small steps of the cosine mean most.
    package let closeness: Double
    /// ln of the odds of its answer, were each neighbour to vote with the weight e^(20 cosine): what a kernel
    /// estimate of the answers' densities says.
    package let odds: Double
    /// The candidate's.
    package let cautions: GuardReasons

    /// Of the most similar candidate that is not vetoed; nil when there is none.
    /// - Parameter candidates: best first; those behind the first eight are not looked at.
    package init?(_ candidates: some Collection<MatchCandidate>) {
        let near = candidates.prefix(Self.maximumCandidates)
        guard let (place, best) = near.enumerated().first(where: { !$0.element.isVetoed }),
            best.similarity.isFinite
        else { return nil }
        let similarity = min(best.similarity, 1)
        var own = 0.0
        var others = Self.weight(Self.unseen - similarity)
        for other in near where other.similarity.isFinite {
            let weight = Self.weight(min(other.similarity, 1) - similarity)
            if other.group == best.group { own += weight } else { others += weight }
        }
        candidate = place
        cautions = best.cautions
        closeness = -Distributions.logarithm(1 - similarity + Self.closest)
        odds = min(Distributions.logarithm(own / others), Self.largestOdds)
    }

    private static func weight(_ difference: Double) -> Double {
        Distributions.exponential(sharpness * difference)
    }
}
