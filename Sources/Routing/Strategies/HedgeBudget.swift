/// How many second requests may still be sent. Pure; one for each route.
package struct HedgeBudget: Sendable {
    private let rule: HedgeRule
    private var hedges = 0.0

    package init(_ rule: HedgeRule) { self.rule = rule }

    /// Counts a request.
    package mutating func count() { hedges = min(hedges + rule.share, rule.burst) }

    /// Asks to send a second request, when the first is late.
    package mutating func spend() -> Bool {
        // Twenty times a twentieth is a little less than 1.
        guard hedges > 0.999 else { return false }
        hedges -= 1
        return true
    }
}
