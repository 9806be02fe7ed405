/// How many second requests may still be sent. Pure; one for each route.
package struct HedgeBudget: Sendable {
    private let rule: HedgeRule
    private var hedges = 0.0

    package init(_ rule: HedgeRule) { self.rule = rule }

    /// Counts a request.
    /// - Parameters:
    ///   - late: the target's time to first token at the rule's quantile; nil when it is not known.
    ///   - headroom: what is left of the second target's provider limit; nil when it is not known.
    /// - Returns: how long to wait for the first token before `spend` is asked; nil for not to hedge.
    package mutating func delay(late: Duration?, headroom: Double?) -> Duration? {
        hedges = min(hedges + rule.share, rule.burst)
        guard let late, (headroom ?? 1) >= rule.leastHeadroom else { return nil }
        return late
    }

    /// Asks to send a second request, when the first is late.
    package mutating func spend() -> Bool {
        // Twenty times a twentieth is a little less than 1.
        guard hedges > 0.999 else { return false }
        hedges -= 1
        return true
    }
}
