/// When the target that failed is called again. Pure.
package struct RetryRule: Sendable, Equatable {
    /// Calls behind the first; 0 for none.
    package var attempts = 2
    /// The longest wait in front of the first of them; in front of each further one twice that.
    package var base: Duration = .milliseconds(100)
    /// No wait is longer: a provider that asks for more is left for the next target at once.
    package var longest: Duration = .seconds(2)
    /// The failures after which it is called again: those that pass, as gateways and SDKs retry them.
    package var signs: Set<FailureSign> = [
        .status(429), .status(500), .status(502), .status(503), .status(504), .status(529),
    ]

    package init() {}

    /// Of targets without a rule.
    package static let none: RetryRule = {
        var rule = RetryRule()
        rule.attempts = 0
        return rule
    }()

    /// How long to wait in front of one more call; nil when there is none.
    ///
    /// The provider's own word counts. Without one it is drawn evenly from all up to the bound ("full jitter"; Brooker,
    /// "Exponential Backoff And Jitter", 2015), so that callers who failed together do not come back together.
    /// - Parameter retries: calls again that were made already.
    func wait(
        after failure: CallFailure, retries: Int, using generator: inout some RandomNumberGenerator
    ) -> Duration? {
        guard retries < attempts, signs.contains(failure.sign) else { return nil }
        if let asked = failure.retryAfter { return asked <= longest ? asked : nil }
        // Beyond 2^20 any base has passed any bound.
        let bound = min(longest, base * (1 << min(max(retries, 0), 20)))
        return bound * Double.random(in: 0...1, using: &generator)
    }
}
