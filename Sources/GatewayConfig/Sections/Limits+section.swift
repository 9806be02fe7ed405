import Routing

extension Limits {
    /// The names of the ways to count a minute.
    private enum Window: String, CaseIterable {
        case sliding, bucket
    }

    /// Reads `limits` of a target, a tenant, a team or a key; nil when there is no such key.
    static func read(in section: ConfigSection) -> Limits? {
        section.optionalSection("limits") { section in
            let count = ConfigKind.integer(1...1_000_000_000_000)
            var limits = Limits()
            limits.requests = section.optional("rpm", count)
            limits.totalTokens = section.optional("tpm", count)
            limits.inputTokens = section.optional("input_tpm", count)
            limits.outputTokens = section.optional("output_tpm", count)
            limits.requestsPerDay = section.optional("rpd", count)
            limits.tokensPerDay = section.optional("tpd", count)
            limits.concurrency = section.optional("concurrency", .integer(1...1_000_000))
            switch section.optional("window", ConfigKind<Window>.choice) {
            case .bucket: limits.window = .bucket
            case .sliding, nil: limits.window = .sliding
            }
            limits.burst = section.optional("burst", ConfigKind<Double>.number(1...60))
            section.read("day_start", .timeOfDay, into: &limits.dayStart)
            limits.dayZone = section.optional("day_zone", .zone)
            if !limits.isLimiting {
                section.refuse("rpm", "expected at least one limit in this section, such as rpm or tpm, found none")
            }
            return limits
        }
    }
}

extension HardBudget {
    /// Reads `budgets` of a tenant, a team or a key.
    static func readAll(in section: ConfigSection) -> [HardBudget] {
        section.optionalSection("budgets") { section in
            let periods: [(String, Period)] = [("day", .day), ("month", .month), ("total", .total)]
            return periods.compactMap { name, period in
                section.optional(name, .dollars).map { HardBudget(period, nanodollars: $0) }
            }
        } ?? []
    }
}
