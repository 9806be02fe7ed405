import CurlClient
package import GatewayCore
package import NIOCore

/// What a provider answered.
package enum UpstreamReply: Sendable {
    /// With its bytes where the client gets them as they came.
    case whole(ChatAnswer, passed: ByteBuffer? = nil)
    /// Committed: its first content is there.
    case stream(UpstreamStream)
}

/// What one call came to.
package struct UpstreamAnswer: Sendable {
    package let reply: UpstreamReply
    /// Until the response head.
    package let firstByte: Duration
    /// The client's parameters that the provider was not told.
    package let dropped: [String]
    let head: CurlHeaders

    /// Of the response; made anew each time.
    package var headers: [(name: String, value: String)] { Array(head) }
}
