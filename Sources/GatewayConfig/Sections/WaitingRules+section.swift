import Routing

extension WaitingRules {
    /// Reads `routing.waiting`.
    mutating func read(_ section: ConfigSection) {
        section.read("capacity", .integer(0...1_000_000), into: &capacity)
        section.read("longest", .duration(.zero ... .seconds(600)), into: &longestWait)
        section.read("ageing", .duration(.milliseconds(1) ... .seconds(600)), into: &ageing)
        section.read("for_concurrency", .bool, into: &waitsForConcurrency)
    }
}

extension AffinityRules {
    /// Reads `routing.sessions`.
    mutating func read(_ section: ConfigSection) {
        section.read("capacity", .integer(2...16_777_216), into: &capacity)
        section.read("idle", .duration(.seconds(1) ... .seconds(86_400)), into: &timeToLive)
    }
}

extension HedgeRule {
    /// Reads a route's `hedge`.
    static func read(_ section: ConfigSection) -> HedgeRule {
        var rule = HedgeRule()
        section.read("share", .number(0...1), into: &rule.share)
        section.read("burst", .number(1...1000), into: &rule.burst)
        section.read("quantile", .number(0...1), into: &rule.quantile)
        return rule
    }
}
