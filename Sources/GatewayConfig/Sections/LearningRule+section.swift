import Routing

extension LearningRule {
    /// Reads `learn` of a route.
    static func read(_ section: ConfigSection) -> LearningRule {
        var rule = LearningRule()
        section.read("cost_weight", .number(0...10), into: &rule.costWeight)
        section.read("floor", .number(0...1), into: &rule.floor)
        section.read("half_life", .duration(.seconds(60) ... .seconds(365 * 86_400)), into: &rule.halfLife)
        section.read("tenant_share", .number(0...1), into: &rule.tenantShare)
        if rule.floor == 0 {
            section.refuse("floor", "expected more than 0, found 0: what is never tried is never learned")
        }
        return rule
    }
}

extension FeedbackRules {
    /// Reads `routing.feedback`.
    mutating func read(_ section: ConfigSection) {
        section.read("life", .duration(.seconds(1) ... .seconds(7 * 86_400)), into: &life)
        section.read("capacity", .integer(1...10_000_000), into: &capacity)
        section.read("hit_judgments", .integer(0...1_000_000), into: &hitJudgments)
    }
}
