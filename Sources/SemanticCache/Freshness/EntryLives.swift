import GatewayCore

/// How long one answer will live, fixed when it is made. Pure.
struct EntryLives: Equatable {
    /// Until it is served no more.
    let life: Duration
    /// Until it is made anew when it is asked for; nil for never.
    let soft: Duration?
    /// For how long behind its life it may stand in for a provider that fails.
    let stale: Duration

    /// A soft life that has grown ends before the life does.
    private static let softestShare = 0.8

    /// - Parameters:
    ///   - timeToLive: of the cache.
    ///   - entry: whose bytes spread the lives, so that all replicas find the same.
    ///   - making: nil for an answer that no provider was asked for, and will not be.
    /// - Returns: nil for what is not to be kept at all.
    init?(
        _ rules: FreshnessRules, timeToLive: Duration, request: AnalyzedRequest, entry: EntryID,
        volatility: Volatility, making: AnswerMaking?
    ) {
        let limit = rules.limit(of: volatility)
        var longest = request.lives?.timeToLive ?? timeToLive
        let isShortened = request.directives.timeToLive.map { $0 < longest } ?? false
        longest = min(longest, limit ?? longest, request.directives.timeToLive ?? longest)
        guard longest > .zero else { return nil }
        let spread = LifeSpread(entry)
        let step = making?.step ?? 0
        // What changes each time it is looked at is not trusted as long either. Nothing makes it live longer.
        let life = Self.scaled(longest, by: min(Self.factor(step), 1) * (1 - rules.jitter * spread.hard))
        self.life = life
        stale = min(request.lives?.staleIfError ?? rules.staleIfError, limit ?? .seconds(Int64.max))
        let usual = request.lives?.softTimeToLive ?? rules.softTimeToLive
        let own = min(Self.scaled(usual, by: Self.factor(step)), max(rules.longestSoftTimeToLive, usual))
        // A caller's own shorter life is not for everybody's requests to prolong. A life that has shrunk is compared
        // with the soft one that has, too; one that has grown ends in time by its share.
        guard making != nil, usual > .zero, min(own, usual) < life, !isShortened else {
            soft = nil
            return
        }
        soft = min(
            Self.scaled(own, by: 1 + rules.jitter * spread.soft), Self.scaled(life, by: Self.softestShare))
    }

    /// In whole milliseconds, as they are stored.
    private static func scaled(_ duration: Duration, by factor: Double) -> Duration {
        .milliseconds(Int64((duration / .milliseconds(1) * factor).rounded()))
    }

    /// Twice as long for each time it was found unchanged, half as long for each time it had changed.
    private static func factor(_ step: Int) -> Double {
        let limit = EntryFreshness.stepLimit
        let doublings = min(max(step, -limit), limit)
        return doublings < 0 ? 1 / Double(1 << -doublings) : Double(1 << doublings)
    }
}
