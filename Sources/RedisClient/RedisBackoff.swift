/// How long to wait before the next attempt to connect: exponential with full jitter, so that a fleet whose server
/// restarts does not come back in step ("Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
package struct RedisBackoff: Sendable, Equatable {
    package var base: Duration = .milliseconds(50)
    package var maximum: Duration = .seconds(2)

    package init() {}

    /// The longest wait before attempt `attempt`, the first retry being 0.
    func ceiling(attempt: Int) -> Duration {
        // 2^20 × 1 µs is over any sensible maximum already; a larger exponent could overflow.
        min(maximum, base * (1 << min(max(attempt, 0), 20)))
    }

    /// A wait drawn evenly from zero to the ceiling.
    func delay(attempt: Int, using generator: inout some RandomNumberGenerator) -> Duration {
        ceiling(attempt: attempt) * Double.random(in: 0...1, using: &generator)
    }
}
