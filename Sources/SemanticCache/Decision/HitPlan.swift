/// Where to draw the line so that all hits together keep the budget.
///
/// A budget is spent on average, not on each hit: most hits are far safer than it, and leave room for some that are
/// not. The best line for an average is one cut of the score, the same for all (Neyman and Pearson). The plan knows
/// the scores that came, served or not, and expects as many more of the same; it takes the lowest cut with which the
/// risk of what was served and of what will be keeps within ``PoissonLimit`` of the wrong hits that the budget allows.
/// Past hits are judged by what is known now, so that a mistaken beginning is paid back.
package struct HitPlan: Sendable, Equatable {
    /// Requests that a plan looks ahead at least. A young namespace plans as if it were to last so long.
    private static let leastHorizon = 1000.0
    /// Imagined requests, spread over ``imaginedScores``: before anything came, every score is about as likely.
    private static let imagined = 50.0
    private static let imaginedScores = -2.0..<8.0
    /// A hit that is more likely wrong than this is no hit, whatever the budget's room.
    private static let riskLimit = 0.25
    /// After so many requests all counts are halved, so that a budget speaks of the recent past.
    private static let memory = 20_000.0

    private var seen: [Double]
    private var served: [Double]
    private var exact = 0.0
    /// Real ones, exact hits among them.
    private var requests = 0.0

    package init() {
        served = Array(repeating: 0, count: ScoreBins.count)
        let bins = (0..<ScoreBins.count).filter { Self.imaginedScores.contains(ScoreBins.centre($0)) }
        seen = served
        for bin in bins { seen[bin] = Self.imagined / Double(bins.count) }
    }

    /// Hits so far, exact ones among them, as far as they are remembered.
    package var hits: Double { served.reduce(exact, +) }

    /// A request with its score. Before the decision about it: a request that nobody planned for is not free.
    mutating func countSeen(_ bin: Int) {
        seen[bin] += 1
        countRequest()
    }

    mutating func countServed(_ bin: Int) { served[bin] += 1 }

    /// Takes back what was counted of a request.
    mutating func withdraw(_ bin: Int, isServed: Bool) {
        guard seen.indices.contains(bin) else { return }
        seen[bin] = max(seen[bin] - 1, 0)
        requests = max(requests - 1, 0)
        if isServed { served[bin] = max(served[bin] - 1, 0) }
    }

    /// An equal question was asked before: a hit without risk.
    mutating func countExact() {
        exact += 1
        countRequest()
    }

    private mutating func countRequest() {
        requests += 1
        guard requests >= Self.memory else { return }
        requests /= 2
        exact /= 2
        for bin in 0..<ScoreBins.count {
            seen[bin] /= 2
            served[bin] /= 2
        }
    }

    /// The lowest bin to serve from; `ScoreBins.count` when none.
    /// - Parameters:
    ///   - risks: of each bin, falling.
    ///   - budget: wrong hits per hit.
    func cut(risks: [Double], budget: Double) -> Int {
        guard risks.count == ScoreBins.count, budget > 0 else { return ScoreBins.count }
        let ahead = max(requests, Self.leastHorizon) / max(seen.reduce(exact, +), 1)
        var hits = exact * (1 + ahead)
        var risk = 0.0
        for bin in 0..<ScoreBins.count {
            hits += served[bin]
            risk += served[bin] * risks[bin]
        }
        var cut = ScoreBins.count
        for bin in (0..<ScoreBins.count).reversed() {
            hits += seen[bin] * ahead
            risk += seen[bin] * ahead * risks[bin]
            guard risks[bin] < Self.riskLimit else { break }
            if risk <= PoissonLimit.mean(allowed: budget * hits) { cut = bin }
        }
        return cut
    }
}
