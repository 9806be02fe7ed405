/// Why a target has its place in the order, as a label for records of decisions.
package enum RankReason: String, Sendable, CaseIterable {
    /// By its place in the configuration.
    case configured
    /// Its session was answered there last, or belongs there by its hash.
    case session
    /// It was its turn, or was not yet, by weight.
    case weight
    /// It is as fast as the fastest, and had less to do.
    case fast
    /// As fast as the fastest, but busier.
    case busier
    case slower
    /// Too few answers say how fast it is.
    case unmeasured
    case leastBusy
    /// The pick compares what is left of the limits; this one has the fewest calls for its weight.
    case headroom
    case cheapest
    case dearer
    case unpriced
    case belowQuality
    /// By the hash of the session, or by lot without one.
    case split
    /// What was learned holds it to be the best for its price.
    case learned
    /// Drawn to learn more of it, though another one is held to be better.
    case trial
    /// Another one was drawn.
    case outscored
    /// It would have had more than its share of what is under way.
    case spilled
    /// It takes what another one has too much of.
    case spillover
    /// One call finds out whether a slow target is fast again.
    case explored
    /// It was slower than agreed for three minutes.
    case slow
    /// The provider asked to be left alone.
    case limited
    /// It fails; the least bad of these comes first.
    case failing
    /// Its provider refuses its key; it is not called.
    case keyRefused
}
