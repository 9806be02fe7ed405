import Routing

extension RetryRule {
    /// Reads `retry` of a route or target.
    static func read(_ section: ConfigSection) -> RetryRule {
        var rule = RetryRule()
        section.read("attempts", .integer(0...10), into: &rule.attempts)
        section.read("base", .duration(.milliseconds(1) ... .seconds(60)), into: &rule.base)
        section.read("max", .duration(.milliseconds(1) ... .seconds(600)), into: &rule.longest)
        if let signs = section.allowed("on_status", ConfigKind<FailureSign>.failure) { rule.signs = Set(signs) }
        if rule.base > rule.longest { section.refuse("max", "expected at least base, found less") }
        return rule
    }
}

extension RetryBudgetRule {
    /// Reads `retry_budget` of a route.
    mutating func read(_ section: ConfigSection) {
        section.read("share", .number(0...10), into: &share)
        section.read("floor", .integer(0...1_000_000), into: &floor)
        section.read("window", .duration(.seconds(1) ... .seconds(600)), into: &window)
    }
}

extension FallbackRule {
    /// Reads `fallback` of a target.
    mutating func readOfTarget(_ section: ConfigSection) {
        statuses = Self.statuses(section)
        section.read("candidate", .bool, into: &isCandidate)
    }

    /// Reads `on_status`; an empty list is one, nil stands for no key.
    static func statuses(_ section: ConfigSection) -> Set<Int>? {
        guard section.entry("on_status") != nil else { return nil }
        return Set(section.values("on_status", .integer(400...599)).map(\.value))
    }
}

extension ConfigKind where Value == FailureSign {
    /// A status, or a word for failures without one.
    static var failure: ConfigKind {
        ConfigKind("a status from 400 to 599, timeout or broken") { text in
            switch text {
            case "timeout": .timeout
            case "broken": .broken
            default: Int(text).flatMap { (400...599).contains($0) ? .status($0) : nil }
            }
        }
    }
}
