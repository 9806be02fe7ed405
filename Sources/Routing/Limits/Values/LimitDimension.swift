/// What is counted against a limit. The raw value is its place in the records and replies of the Redis scripts.
package enum LimitDimension: Int, Sendable, CaseIterable {
    /// Calls a minute.
    case requests
    /// Tokens of prompts a minute.
    case inputTokens
    /// Tokens of answers a minute.
    case outputTokens
    /// Tokens of both a minute.
    case totalTokens
    /// Calls a day.
    case requestsPerDay
    /// Tokens of both a day.
    case tokensPerDay

    /// Whether it starts anew once a day instead of sliding.
    package var isDaily: Bool { self == .requestsPerDay || self == .tokensPerDay }
}
