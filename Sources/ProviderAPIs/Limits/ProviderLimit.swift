/// What a provider's headers say of one of its limits.
package struct ProviderLimit: Sendable, Equatable {
    /// What is limited. Without another word, for a minute.
    package enum Kind: Sendable, CaseIterable {
        case requests, inputTokens, outputTokens, tokens, requestsPerDay, tokensPerDay
    }

    package var kind: Kind
    /// Nil when the provider does not say.
    package var limit: Int?
    package var remaining: Int
    /// Until the count starts anew, or all of it is there again.
    package var reset: Duration

    package init(_ kind: Kind, limit: Int? = nil, remaining: Int, reset: Duration) {
        self.kind = kind
        self.limit = limit
        self.remaining = remaining
        self.reset = reset
    }
}
