/// For how much of its life an answer is fresh, and what happens then.
package struct FreshnessRules: Sendable {
    /// How much lives differ, as a share: what was stored together is not to be asked for anew together.
    package var jitter = 0.1
    /// After this an answer that is asked for is made anew behind the reply; zero for never.
    package var softTimeToLive: Duration = .zero
    /// As far as the soft life of answers grows that were found unchanged.
    package var longestSoftTimeToLive: Duration = .seconds(12 * 3600)
    /// How early an answer may be made anew before it is due, see ``EarlyRefresh``; zero for not at all.
    package var earliness = 1.0
    /// How many answers this replica makes anew at once.
    package var refreshLimit = 8
    /// How long that may take.
    package var refreshTimeout: Duration = .seconds(60)
    /// For how long behind its life an answer may stand in for a provider that fails.
    package var staleIfError: Duration = .seconds(3600)
    /// The life of answers about what changes by the minute; zero: they are not kept.
    package var momentaryTimeToLive: Duration = .seconds(300)
    /// The life of answers about what changes by the day; zero: they are not kept.
    package var dailyTimeToLive: Duration = .seconds(3600)

    package init() {}

    /// The longest life for what questions of this kind are about; nil for as long as any.
    func limit(of volatility: Volatility) -> Duration? {
        switch volatility {
        case .lasting: nil
        case .daily: dailyTimeToLive
        case .momentary: momentaryTimeToLive
        }
    }
}
