/// Draws the hits to be checked: often where they are doubtful, hardly ever where they are sure, and on average so many
/// as the operator allows.
///
/// A stratum's share of a sample is best in proportion to the standard deviation of its outcome (Neyman 1934). The
/// factor between the two is set so that the mean probability over the hits that came is the allowed rate; a credit,
/// which each hit adds the rate to, keeps the count below it whatever comes. Pure: draws come in.
package struct AuditSampler: Sendable, Equatable {
    /// Checks that may come in a row before the first hits have earned them.
    package static let burst = 20.0
    /// Even the surest hit is drawn sometimes: a curve may be wrong where it is sure.
    private static let leastSpread = 0.02
    /// What hits are like before any came: their standard deviation, and after how many hits it is half forgotten.
    private static let prior = (spread: 0.1, hits: 50.0)
    /// The mean looks back over about so many hits.
    private static let memory = 2_000.0

    private let rate: Double
    private var credit = AuditSampler.burst
    private var hits = AuditSampler.prior.hits
    private var meanSpread = AuditSampler.prior.spread

    /// - Parameter rate: checks per hit, 0 to 1.
    package init(rate: Double) { self.rate = rate.isFinite ? min(max(rate, 0), 1) : 0 }

    /// How likely a hit with this risk is drawn.
    package func probability(risk: Double) -> Double {
        rate < 1 ? min(rate / meanSpread * Self.spread(risk), 1) : 1
    }

    /// - Parameters:
    ///   - risk: the chance that the hit is wrong.
    ///   - draw: a random number, even over 0 to 1.
    /// - Returns: whether this hit is to be checked.
    package mutating func takes(risk: Double, draw: Double) -> Bool {
        let probability = probability(risk: risk)
        hits = min(hits + 1, Self.memory)
        meanSpread += (Self.spread(risk) - meanSpread) / hits
        credit = min(credit + rate, Self.burst)
        guard draw < probability, credit >= 1 else { return false }
        credit -= 1
        return true
    }

    private static func spread(_ risk: Double) -> Double {
        guard risk.isFinite else { return 0.5 }
        return max(max(risk * (1 - risk), 0).squareRoot(), leastSpread)
    }
}
