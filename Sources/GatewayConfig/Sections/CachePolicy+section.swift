import GatewayCore

extension CachePolicy {
    /// Reads `cache` and `follow_ups` of a route.
    /// - Parameter mode: `cache.mode`, which no route exceeds.
    static func read(_ section: ConfigSection, behind mode: RouteCacheRule) -> CachePolicy {
        var policy = CachePolicy()
        policy.rule = section.optional("cache", .choice)
        section.read("follow_ups", .choice, into: &policy.followUps)
        switch (policy.rule, mode) {
        case (.semantic?, .off), (.semantic?, .exact), (.exact?, .off), (.shadow?, .off):
            let asked = policy.rule?.rawValue ?? ""
            let least = policy.rule == .semantic ? "semantic" : "exact or semantic"
            section.refuse("cache", "expected cache.mode: \(least) for \(asked), found cache.mode: \(mode.rawValue)")
        default: break
        }
        return policy
    }
}
