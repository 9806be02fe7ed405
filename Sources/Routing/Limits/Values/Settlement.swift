package import GatewayCore

/// What an attempt really used. The first settlement of a lease counts, others do nothing.
package struct Settlement: Sendable {
    /// What the provider made of the attempt.
    package enum Outcome: Int, Sendable {
        /// It was counted with the tokens given.
        case used
        /// It never arrived: everything is given back.
        case notCounted
        /// It was refused for its rate: the request counts, its tokens do not.
        case rateLimited
    }

    package let lease: Lease
    package let outcome: Outcome
    package let inputTokens: Int
    package let outputTokens: Int
    package let nanodollars: Int

    /// An attempt that was answered, wholly or in part.
    package static func used(_ lease: Lease, inputTokens: Int, outputTokens: Int, nanodollars: Int) -> Settlement {
        Settlement(
            lease: lease, outcome: .used, inputTokens: inputTokens, outputTokens: outputTokens,
            nanodollars: nanodollars)
    }

    package static func used(_ lease: Lease, _ usage: TokenUsage, nanodollars: Int) -> Settlement {
        used(
            lease, inputTokens: usage.promptTokens, outputTokens: usage.completionTokens, nanodollars: nanodollars)
    }

    /// An attempt that never reached the provider.
    package static func notCounted(_ lease: Lease) -> Settlement { empty(lease, .notCounted) }

    /// An attempt that was answered 429.
    package static func rateLimited(_ lease: Lease) -> Settlement { empty(lease, .rateLimited) }

    private static func empty(_ lease: Lease, _ outcome: Outcome) -> Settlement {
        Settlement(lease: lease, outcome: outcome, inputTokens: 0, outputTokens: 0, nanodollars: 0)
    }
}

extension Settlement {
    /// What counts in the end.
    package var counted: (requests: Int, inputTokens: Int, outputTokens: Int) {
        switch outcome {
        case .used: (1, Limits.countable(inputTokens), Limits.countable(outputTokens))
        case .notCounted: (0, 0, 0)
        case .rateLimited: (1, 0, 0)
        }
    }
}
