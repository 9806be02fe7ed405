import GatewayCore

/// Turns by weight that are spread evenly: with 5, 1 and 1 the order is a a b a c a a.
///
/// Each turn every target present gains its weight, and the one with the most pays what all gained (the smooth weighted
/// round robin of nginx). A target that is away neither gains nor pays, so the others keep their shares among each
/// other.
struct SmoothWeights: Sendable {
    private var credits: [DeploymentID: Double] = [:]

    /// Whose turn it is, then the others by what they have gained.
    mutating func turn(of candidates: [StrategyCandidate]) -> [Int] {
        // Alone it pays what it gains.
        if candidates.count == 1 { return [0] }
        var total = 0.0
        for candidate in candidates {
            credits[candidate.deployment, default: 0] += candidate.share
            total += candidate.share
        }
        let gained = candidates.map { candidate in
            candidate.share > 0 ? credits[candidate.deployment] ?? 0 : -.infinity
        }
        let order = candidates.indices.sorted { (gained[$1], $0) < (gained[$0], $1) }
        if let first = order.first { credits[candidates[first].deployment, default: 0] -= total }
        return order
    }
}
