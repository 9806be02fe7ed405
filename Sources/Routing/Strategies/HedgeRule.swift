/// When a second target is asked because the first is late. Pure.
///
/// After the time within which 95 % of its answers begin a target is asked twice at most in one of twenty cases, and a
/// budget holds that for times when everything is late: then a second request would only add to the load.
package struct HedgeRule: Sendable, Equatable {
    /// Hedges for each request, on average.
    package var share = 0.05
    /// Hedges that may come together.
    package var burst = 5.0
    /// The part of the target's times to first token after which its answer is late.
    package var quantile = 0.95

    package init() {}
}
