package import GatewayCore
package import NIOCore

/// Takes the events of one provider's stream and gives the frames of one client's, while it puts the whole answer
/// together for the cache.
package protocol AnswerRelay: Sendable {
    /// Takes the next event.
    /// - Throws: ``ProviderFailure`` as ``AnswerStreamDecoder/consume(_:)``.
    mutating func consume(_ event: ServerSentEvent) throws(ProviderFailure) -> RelayStep

    /// Takes the end of the body. Returns the answer of a stream that was whole without a mark of its end; nil when the
    /// mark has given it already, or when it is too large to keep.
    /// - Throws: ``ProviderFailure`` of kind `truncated` when it is not whole.
    mutating func finish() throws(ProviderFailure) -> ChatAnswer?

    /// As the provider counted; nil as long as it did not say.
    var usage: TokenUsage? { get }

    /// Bytes of content that came so far.
    var contentBytes: Int { get }

    /// What ends the client's stream once it is whole.
    var lastFrames: ByteBuffer { get }

    /// What ends the client's stream when it broke: an error in its dialect, and no clean end.
    mutating func failure(_ error: GatewayError) -> ByteBuffer
}

extension OpenAIStreamDecoder: AnswerRelay {
    package var lastFrames: ByteBuffer { OpenAIChat.doneFrame }

    package func failure(_ error: GatewayError) -> ByteBuffer { OpenAIErrorBody.frame(error) }
}
