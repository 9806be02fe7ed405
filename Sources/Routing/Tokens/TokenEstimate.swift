package import GatewayCore

/// How many tokens a request is expected to be, for one model on one route.
package struct TokenEstimate: Sendable, Equatable {
    package let input: Int
    /// What the answer is expected to use.
    package let output: Int
    /// The output to reserve at a limiter: what the provider itself counts, see ``ModelProfile/Reserve``.
    package let reservedOutput: Int
    /// The output that must fit into the context window beside the input.
    package let demandedOutput: Int

    package init(input: Int, output: Int, reservedOutput: Int, demandedOutput: Int) {
        self.input = input
        self.output = output
        self.reservedOutput = reservedOutput
        self.demandedOutput = demandedOutput
    }

    /// What is expected to be used, without a provider's cache.
    package var usage: TokenUsage { TokenUsage(promptTokens: input, completionTokens: output) }

    /// Of a request that nobody looked into.
    static let none = TokenEstimate(input: 0, output: 0, reservedOutput: 0, demandedOutput: 0)
}
