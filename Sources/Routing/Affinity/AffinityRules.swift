/// How long sessions are kept at their targets.
package struct AffinityRules: Sendable, Equatable {
    /// At least half as many sessions are remembered, and never more.
    package var capacity = 65_536
    /// How long an idle session is remembered. OpenAI and Anthropic drop an idle prompt from their caches after 5 to 10
    /// minutes.
    package var timeToLive: Duration = .seconds(600)

    package init() {}
}
