package import GatewayCore

/// What a provider answered.
package enum UpstreamReply: Sendable {
    case whole(ChatAnswer)
    /// Committed: its first content is there.
    case stream(UpstreamStream)
}

/// What became of a plan.
package struct UpstreamCall: Sendable {
    package let result: Result<UpstreamReply, GatewayError>
    /// Every call that was made, in order.
    package let attempts: [AttemptRecord]
}
