import SemanticCache

extension AuditRules {
    /// Reads `cache.audit`.
    mutating func read(_ section: ConfigSection) {
        model = section.optional("model", .word("a model's name"))
        section.read("rate", .number(0...1), into: &rate)
        section.read("daily_budget", .dollars, into: &dailyBudget)
        if dailyBudget < Self.advance {
            section.refuse(
                "daily_budget", "expected at least 0.005 dollars, as much as is set aside for one question, found less")
        }
        section.read("promote", .bool, into: &promotes)
        section.read("queue_limit", .integer(1...100_000), into: &queueLimit)
        section.read("concurrency", .integer(1...64), into: &concurrency)
        section.read("deadline", .duration(.seconds(1) ... .seconds(600)), into: &deadline)
    }
}

extension LookupRecording {
    /// Reads `cache.record`.
    mutating func read(_ section: ConfigSection) {
        section.read("share", .number(0...1), into: &share)
        section.read("lines", .integer(100...10_000_000), into: &lines)
        section.read("life", .duration(.seconds(60) ... .seconds(366 * 86_400)), into: &life)
    }
}
