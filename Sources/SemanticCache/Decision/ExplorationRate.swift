/// How often a hit is given up, or audited, to learn whether it would have been right.
///
/// In proportion to the standard deviation of the outcome, which is how a sample is best spread over strata (Neyman):
/// often where hits are doubtful, hardly ever where they are sure.
package enum ExplorationRate {
    private static let scale = 0.2
    private static let largest = 0.5

    /// - Parameter risk: chance that the hit is wrong.
    package static func rate(risk: Double) -> Double {
        min(scale * max(risk * (1 - risk), 0).squareRoot(), largest)
    }
}
