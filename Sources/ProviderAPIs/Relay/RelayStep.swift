package import GatewayCore
package import NIOCore

/// What one event of a stream means for the client. Each buffer is a complete frame, ready to send.
package enum RelayStep: Sendable {
    /// Nothing of the answer has come yet: the next target can still be tried unseen.
    case lifecycle(ByteBuffer)
    /// A part of the answer, or anything behind its first part.
    case content(ByteBuffer)
    /// The chunk that holds only the usage. Comes only when the client asked for it.
    case usage(ByteBuffer)
    /// The stream is whole; ``AnswerRelay/lastFrames`` end it for the client. Nil when the answer is too large to keep.
    case done(ChatAnswer?)
    /// Nothing for the client.
    case ignored
}
