/// How slow a target may be over three minutes before it is left.
package struct SpeedCutoff: Sendable, Equatable {
    /// Mean time per output token, and until the first token; nil for no limit.
    package var longestPerToken: Duration?
    package var longestFirstToken: Duration?
    /// Times the median of the other candidates, for both; nil for no such limit.
    package var medianFactor: Double?
    /// With fewer samples in three minutes nothing is said.
    package var leastSamples: Int64 = 5

    package init() {}

    /// Whether the three minutes say that the target is too slow; nil when they say nothing.
    func isTooSlow(_ figures: LatencyFigures, beside others: [LatencyFigures]) -> Bool? {
        var isKnown = false
        if figures.perTokenSamples >= leastSamples {
            isKnown = true
            let known = others.filter { $0.perTokenSamples >= leastSamples }.map(\.timePerToken)
            if exceeds(figures.timePerToken, longestPerToken, known) { return true }
        }
        if figures.firstTokenSamples >= leastSamples {
            isKnown = true
            let known = others.filter { $0.firstTokenSamples >= leastSamples }.map(\.timeToFirstToken)
            if exceeds(figures.timeToFirstToken, longestFirstToken, known) { return true }
        }
        return isKnown ? false : nil
    }

    private func exceeds(_ time: Duration, _ longest: Duration?, _ others: [Duration]) -> Bool {
        if let longest, time > longest { return true }
        guard let medianFactor, medianFactor.isFinite, !others.isEmpty else { return false }
        let sorted = others.sorted()
        let middle = sorted[sorted.count / 2]
        let median = sorted.count % 2 == 1 ? middle : (middle + sorted[sorted.count / 2 - 1]) / 2
        return time > median * medianFactor
    }
}
