/// Which limit refused a request, in terms that are the same for every caller: metric labels. Names nobody.
package struct LimitRefusal: Sendable, Hashable {
    /// Whose limit it was.
    package enum Scope: String, Sendable, CaseIterable {
        case tenant, team, key
        /// No provider of the route had room.
        case provider
    }

    /// What was used up.
    package enum Dimension: String, Sendable, CaseIterable {
        case requests
        case inputTokens = "input_tokens"
        case outputTokens = "output_tokens"
        case tokens
        case requestsPerDay = "requests_per_day"
        case tokensPerDay = "tokens_per_day"
        /// Requests at the same time.
        case concurrency
        case budget
        /// A provider asked to be left alone.
        case blocked
    }

    package let scope: Scope
    package let dimension: Dimension

    package init(_ scope: Scope, _ dimension: Dimension) {
        self.scope = scope
        self.dimension = dimension
    }
}
