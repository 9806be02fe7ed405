/// How many calls behind the first a route's requests may make together. Pure.
package struct RetryBudgetRule: Sendable, Equatable {
    /// For each request, on average.
    package var share = 0.1
    /// As many are always allowed: a share of few requests is none. More than it takes to find a target out to be
    /// failing (four by one replica alone), so that the outage of one never shows.
    package var floor = 10
    /// In any stretch of time so long, to a tenth of it.
    package var window: Duration = .seconds(10)

    package init() {}
}
