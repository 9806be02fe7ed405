import Routing

extension RouteRule {
    /// Reads the part of a route that says how one of its targets is chosen.
    /// - Parameter model: the route's, which names an experiment that has no name.
    static func read(_ section: ConfigSection, model: String) -> RouteRule {
        var rule = RouteRule(.priority)
        rule.usual = Tier.read(section, model: model)
        rule.cutoff = section.optionalSection("cutoff", SpeedCutoff.read)
        section.read("exploration", .number(0...1), into: &rule.exploration.share)
        section.read("soft_ratio", .number(0...1), into: &rule.softRatio)
        let pick = section.optional("pick", ConfigKind<PickRequest.Mode.Name>.choice)
        rule.pick = pick.map { PickRequest.Mode($0) }
        if let pick, pick != .firstFit, section.has("learn") {
            section.refuse("pick", "expected first_fit on a route with learn, found \(pick.rawValue)")
        }
        var priorities = UniqueValues("a priority")
        for (priority, tier) in section.list("by_priority", { Tier.readOwn($0, model: model, taken: &priorities) }) {
            rule.tiers[priority] = tier
        }
        return rule
    }
}

extension RouteRule.Tier {
    /// Reads one item of `by_priority`.
    fileprivate static func readOwn(
        _ section: ConfigSection, model: String, taken: inout UniqueValues
    ) -> (Int, RouteRule.Tier)? {
        let priority = section.required("priority", .integer(0...TargetConfiguration.highestPriority))
        if let priority { taken.take(String(priority), of: "priority", in: section) }
        let tier = read(section, model: model)
        return priority.map { ($0, tier) }
    }

    /// Reads the strategy and what belongs to it.
    fileprivate static func read(_ section: ConfigSection, model: String) -> RouteRule.Tier {
        let asked = section.optional("strategy", ConfigKind<RoutingStrategy.Name>.choice)
        let name = asked ?? .priority
        let quality = section.optional("least_quality", ConfigKind<Double>.number(0...1))
        let experiment = section.optional("experiment", .name)
        let share = section.optional("share_limit", ConfigKind<Double>.number(0...1))
        // A strategy that is misspelt is reported as such, and not that others lack it.
        if asked != nil || !section.has("strategy") {
            if quality != nil, name != .cheapest { refuse("least_quality", needs: .cheapest, found: name, section) }
            if experiment != nil, name != .split { refuse("experiment", needs: .split, found: name, section) }
        }
        return RouteRule.Tier(
            strategy(name, leastQuality: quality, experiment: experiment ?? model),
            shareLimit: share.map { ShareLimit(share: $0) })
    }

    private static func refuse(
        _ key: String, needs needed: RoutingStrategy.Name, found: RoutingStrategy.Name, _ section: ConfigSection
    ) {
        section.refuse(key, "expected strategy: \(needed.rawValue) beside it, found strategy: \(found.rawValue)")
    }

    private static func strategy(
        _ name: RoutingStrategy.Name, leastQuality: Double?, experiment: String
    ) -> RoutingStrategy {
        switch name {
        case .priority: .priority
        case .weighted: .weighted
        case .latency: .latency()
        case .leastBusy: .leastBusy
        case .headroom: .usageHeadroom
        case .cheapest: .cheapest(leastQuality: leastQuality)
        case .split: .split(experiment: experiment)
        }
    }
}

extension SpeedCutoff {
    /// Reads `cutoff`, which says at least one limit.
    fileprivate static func read(_ section: ConfigSection) -> SpeedCutoff {
        let time = ConfigKind.duration(.milliseconds(1) ... .seconds(600))
        var cutoff = SpeedCutoff()
        cutoff.longestPerToken = section.optional("per_token", time)
        cutoff.longestFirstToken = section.optional("first_token", time)
        cutoff.medianFactor = section.optional("times_median", .number(1...100))
        if cutoff == SpeedCutoff() {
            section.refuse("per_token", "expected at least one of per_token, first_token and times_median, found none")
        }
        return cutoff
    }
}
