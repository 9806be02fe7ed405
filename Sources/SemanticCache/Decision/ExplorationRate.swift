/// How often a hit is given up, or audited, to learn whether it would have been right.
///
/// In a new namespace every second one at first: a prior is what other namespaces taught, and this one may be unlike
/// them. Then in proportion to the standard deviation of the outcome, which is how a sample is best spread over strata
/// (Neyman): often where hits are doubtful, hardly ever where they are sure.
package enum ExplorationRate {
    private static let scale = 0.2
    private static let largest = 0.5

    /// - Parameters:
    ///   - risk: chance that the hit is wrong.
    ///   - rights: labels here that said "right" of scores that are served; nil where they are not known.
    package static func rate(risk: Double, rights: Double? = nil) -> Double {
        let usual = min(scale * max(risk * (1 - risk), 0).squareRoot(), largest)
        // Of the first hundred hits some five are given up for this, of the first thousand eleven.
        let opening = rights.map { 1 / (1 + max($0, 0)) } ?? 0
        return max(usual, largest * opening * opening)
    }
}
