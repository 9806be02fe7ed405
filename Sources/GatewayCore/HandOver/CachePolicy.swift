/// What a route says about the cache.
package struct CachePolicy: Sendable, Equatable {
    /// Nil for as far as `cache.mode` goes.
    package var rule: RouteCacheRule?
    /// What its questions inside conversations may be answered with.
    package var followUps = FollowUpRule.thread
    /// Whether the answer is no model's answer to a person, but was prepared for everybody who asks.
    package var isPrepared = false

    package init() {}

    /// For answers that an operator has prepared: what looks personal in the question is nobody's own.
    package static var prepared: CachePolicy {
        var policy = CachePolicy()
        policy.isPrepared = true
        return policy
    }
}

/// How far the cache goes for a route. The raw value stands in the configuration.
package enum RouteCacheRule: String, Sendable, CaseIterable {
    case off
    case exact
    case semantic
    /// Looks up, decides and stores, and tells what it would have served; serves nothing.
    case shadow
}

/// What a question inside a conversation may be answered with. The raw value stands in the configuration.
package enum FollowUpRule: String, Sendable, CaseIterable {
    /// With answers of the same conversation.
    case thread
    /// One that stands alone also with answers to the first questions of others, behind the same instructions.
    case standalone
}
