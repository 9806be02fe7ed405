/// How the mock answers a request: set for all by the configuration, for one by `x-mock-…` headers (`MockKnob`).
///
/// Frames are counted from 1 over all that a stream sends: `data:` lines with `[DONE]`, elements of Google's array,
/// Amazon's binary messages. An answer that is not streamed has no frames: there a cut or a stall of any number comes
/// after half of the body, and a malformed frame of any number is a body that ends too early to be JSON.
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
    /// Write the time at which each frame of a stream is sent over the first ``MockStamp/blank`` in it.
    package var stampsFrames = false
    /// Share of requests, 0 to 1, answered by `errorStatus`; drawn with the configuration's seed.
    package var errorRate = 0.0
    package var errorStatus = 500
    /// Answer every request by an error of this status.
    package var forcedStatus: Int?
    /// Answer every request by this failure, in the dialect's own status and words.
    package var failure: MockFailure?
    /// When drawn, forced and meant errors say to come again.
    package var retryAfter: Duration?
    /// How they say it; nil for the dialect's way.
    package var retryAfterForm: MockRetryAfterForm?
    /// Requests let through in a window of `rateWindow`; the next ones get 429 with `Retry-After`.
    package var rateLimit: Int?
    /// Tokens let through in that window, a request counted by its body's length.
    package var rateTokens: Int?
    package var rateWindow: Duration = .seconds(60)
    /// Close the socket after this many frames, without a terminal chunk; 0 closes right after the head.
    package var cutAfterFrames: Int?
    /// Send nothing more after this many frames and leave the socket open.
    package var stallAfterFrames: Int?
    /// Send broken JSON in place of this frame.
    package var malformedFrame: Int?
    /// Send an error in place of this frame and end the stream there, without its terminal.
    package var errorFrame: Int?
    /// The same in place of the first frame that has content, behind all that only open the stream.
    package var errorAfterLifecycle = false
    /// End the stream as if it were whole, but without what tells its end: finish reason, usage, terminal.
    package var missingTerminal = false
    /// Time between pings that come in place of the first frame with content, and without end.
    package var pings: Duration?
    /// Close the socket when the answer is due, without sending any byte.
    package var closesBeforeHead = false
    /// Replaces the reason why the answer ended, in the dialect's own word.
    package var finishReason: String?
    /// Answer by a call of this function instead of text, or of several with commas between, unless the request brings
    /// the result of one.
    package var toolCall: String?
    /// Arguments of those calls, a JSON text; nil for ones made from the function's schema.
    package var toolArguments: String?
    /// Refuse with these words, in the dialect's way.
    package var refusal: String?
    /// Length of the thinking of an answer whose request asks for it.
    package var thinkingTokens = 16
    /// Prompt tokens said to be read from the provider's cache, up to all of them.
    package var cachedTokens: Int?
    /// Prompt tokens said to be written to it; nil counts what the request marks for caching.
    package var cacheWriteTokens: Int?
    /// Length of embedding vectors where the request names none, 1 to `dimensionLimit`.
    package var embeddingDimension = 384

    package static let answerTokenLimit = 1_000_000
    package static let dimensionLimit = 16_384

    /// Fast, truthful answers without any fault.
    package init() {}
}
