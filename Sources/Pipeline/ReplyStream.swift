package import NIOCore

/// Server-sent events that are still arriving. One task reads them, the one that writes the reply.
package protocol ReplyStream: Sendable {
    /// The next bytes for the client, whole frames; nil at the end.
    func next() async -> ByteBuffer?

    /// Ends it for a client that takes no more, in place of ``next()``. Waits where others still want its end.
    func abandon() async
}
