import SemanticCache

extension FreshnessRules {
    /// Reads the part of `cache` that says how long answers are fresh, and what happens then.
    mutating func read(_ section: ConfigSection) {
        section.read("ttl_jitter", .number(0...1), into: &jitter)
        section.read("soft_ttl", .duration(.zero ... .timeToLiveLimit), into: &softTimeToLive)
        section.read("soft_ttl_max", .duration(.seconds(1) ... .timeToLiveLimit), into: &longestSoftTimeToLive)
        section.read("refresh_early", .number(0...10), into: &earliness)
        section.read("refresh_limit", .integer(1...1024), into: &refreshLimit)
        section.read("refresh_timeout", .duration(.seconds(1) ... .seconds(3600)), into: &refreshTimeout)
        section.read("stale_if_error", .duration(.zero ... .timeToLiveLimit), into: &staleIfError)
        section.section("volatile_ttl") { section in
            section.read("momentary", .duration(.zero ... .timeToLiveLimit), into: &momentaryTimeToLive)
            section.read("daily", .duration(.zero ... .timeToLiveLimit), into: &dailyTimeToLive)
        }
    }
}
