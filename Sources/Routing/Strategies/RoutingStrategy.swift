/// How a target is chosen among the healthy ones of a tier.
package enum RoutingStrategy: Sendable, Equatable {
    /// The first of the configuration.
    case priority
    /// In turns, by weight.
    case weighted
    /// The one that answers soonest.
    case latency(LatencyRule = LatencyRule())
    /// The one with the fewest calls under way for its weight.
    case leastBusy
    /// The one whose provider limits are used least, as the pick finds them; where nothing is counted the least busy.
    case usageHeadroom
    /// The cheapest that is good enough.
    case cheapest(leastQuality: Double? = nil)
    /// The same one for the same session, by weight over all sessions.
    case split(experiment: String)
}
