/// One way to bend an answer, named as the `x-mock-` header that sets it for one request.
package enum MockKnob: String, CaseIterable, Sendable {
    case latency = "latency-ms"
    case jitter = "jitter-ms"
    case tokenPace = "token-ms"
    case answerTokens = "answer-tokens"
    case answer = "answer"
    case stampFrames = "stamp-frames"
    case errorRate = "error-rate"
    case errorStatus = "error-status"
    case forcedStatus = "status"
    case failure = "failure"
    case retryAfter = "retry-after-s"
    case retryAfterForm = "retry-after-form"
    case rateLimit = "rate-limit"
    case rateTokens = "rate-tokens"
    case rateWindow = "rate-window-ms"
    case cutAfterFrames = "cut-after-frames"
    case stallAfterFrames = "stall-after-frames"
    case malformedFrame = "malformed-frame"
    case errorFrame = "error-frame"
    case errorAfterLifecycle = "error-after-lifecycle"
    case missingTerminal = "missing-terminal"
    case pings = "pings-ms"
    case closeBeforeHead = "close-before-head"
    case finishReason = "finish-reason"
    case toolCall = "tool-call"
    case toolArguments = "tool-arguments"
    case refusal = "refusal"
    case thinkingTokens = "thinking-tokens"
    case cachedTokens = "cached-tokens"
    case cacheWriteTokens = "cache-write-tokens"
    case embeddingDimension = "embedding-dimension"

    /// What every header of a knob begins with, in lower case.
    package static let headerPrefix = "x-mock-"

    /// The whole name of the header, in lower case; names in requests are matched without regard to case.
    package var headerName: String {
        Self.headerPrefix + rawValue
    }
}
