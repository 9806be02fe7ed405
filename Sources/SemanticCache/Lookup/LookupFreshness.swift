import GatewayCore

/// What a lookup must know of freshness.
struct LookupFreshness: Sendable {
    let rules: FreshnessRules
    let early: EarlyRefresh

    init(_ rules: FreshnessRules) {
        self.rules = rules
        early = EarlyRefresh(earliness: rules.earliness) { Double.random(in: 0...1) }
    }
}
