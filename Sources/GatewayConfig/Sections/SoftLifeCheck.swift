import SemanticCache

/// Whether answers are made anew before they end: a soft life that is no shorter than a life never counts, and nobody
/// would hear of that.
struct SoftLifeCheck {
    /// Of answers whose route says nothing of it.
    let timeToLive: Duration
    /// See ``FreshnessRules/jitter``.
    let jitter: Double

    init(_ cache: CacheConfiguration) {
        timeToLive = cache.timeToLive
        jitter = cache.freshness.jitter
    }

    /// Refuses a soft life that is no shorter than the shortest life of an answer.
    /// - Parameter own: the life of the route's answers; nil for the cache's.
    func check(_ soft: Duration, against own: Duration? = nil, in section: ConfigSection) {
        // As lives are stored: in whole milliseconds.
        let shortest = Duration.milliseconds(
            Int64(((own ?? timeToLive) / .milliseconds(1) * (1 - jitter)).rounded()))
        guard soft > .zero, soft >= shortest else { return }
        section.refuse(
            "soft_ttl",
            "expected less than \(ConfigUnit.time(shortest)), the shortest life by ttl and ttl_jitter, as nothing is "
                + "made anew otherwise, found \(ConfigUnit.time(soft))")
    }
}
