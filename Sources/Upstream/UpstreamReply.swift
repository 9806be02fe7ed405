package import GatewayCore

/// What a provider answered.
package enum UpstreamReply: Sendable {
    case whole(ChatAnswer)
    /// Committed: its first content is there.
    case stream(UpstreamStream)
}

/// What one call came to.
package struct UpstreamAnswer: Sendable {
    package let reply: UpstreamReply
    /// Until the response head.
    package let firstByte: Duration
    /// Of the response.
    package let headers: [(name: String, value: String)]
}
