/// Bounds of the waiting room.
package struct WaitingRules: Sendable, Equatable {
    /// How many requests wait at most in this process.
    package var capacity = 1024
    /// How long one request waits at most, over all its attempts. Zero: nobody waits.
    package var longestWait: Duration = .seconds(2)
    /// After waiting this long a request counts as one of the next better class.
    package var ageing: Duration = .seconds(1)
    /// Whether a tenant that has as many calls under way as it may waits too, instead of being told to come again.
    package var waitsForConcurrency = true

    package init() {}
}
