/// How the mock answers a request: set for all by the configuration, for one by `x-mock-…` headers (`MockKnob`).
///
/// Frames are counted from 1 over all `data:` lines of a stream, `[DONE]` included. An answer that is not streamed has
/// no frames: there a cut or a stall of any number comes after half of the body, and a malformed frame of any number
/// is a body that ends too early to be JSON.
package struct MockBehavior: Sendable, Equatable {
    /// Time before the first byte of the answer.
    package var latency: Duration = .zero
    /// Up to this much is added to `latency`, drawn with the configuration's seed.
    package var jitter: Duration = .zero
    /// Time before each token of a stream.
    package var tokenPace: Duration = .zero
    /// Length of a made-up answer, 1 to `answerTokenLimit` tokens.
    package var answerTokens = 32
    /// What to answer instead of a made-up text.
    package var answer: String?
    /// Share of requests, 0 to 1, answered by `errorStatus`; drawn with the configuration's seed.
    package var errorRate = 0.0
    package var errorStatus = 500
    /// Answer every request by an error of this status.
    package var forcedStatus: Int?
    /// `Retry-After` of drawn and forced errors, in seconds.
    package var retryAfterSeconds: Int?
    /// Requests let through in a window of `rateWindow`; the next ones get 429 with `Retry-After`.
    package var rateLimit: Int?
    package var rateWindow: Duration = .seconds(60)
    /// Close the socket after this many frames, without a terminal chunk; 0 closes right after the head.
    package var cutAfterFrames: Int?
    /// Send nothing more after this many frames and leave the socket open.
    package var stallAfterFrames: Int?
    /// Send broken JSON in place of this frame.
    package var malformedFrame: Int?
    /// Send an error object in place of this frame and end the stream there, without `[DONE]`.
    package var errorFrame: Int?
    /// Close the socket when the answer is due, without sending any byte.
    package var closesBeforeHead = false
    /// Replaces `stop`, `length` or `tool_calls`.
    package var finishReason: String?
    /// Answer by a call of this function instead of text.
    package var toolCall: String?
    /// Arguments of that call, a JSON text.
    package var toolArguments = "{}"
    /// Length of embedding vectors where the request names none, 1 to `dimensionLimit`.
    package var embeddingDimension = 384

    package static let answerTokenLimit = 1_000_000
    package static let dimensionLimit = 16_384

    /// Fast, truthful answers without any fault.
    package init() {}
}
