/// One way to bend an answer, named as the `x-mock-` header that sets it for one request.
package enum MockKnob: String, CaseIterable, Sendable {
    case latency = "latency-ms"
    case jitter = "jitter-ms"
    case tokenPace = "token-ms"
    case answerTokens = "answer-tokens"
    case answer = "answer"
    case errorRate = "error-rate"
    case errorStatus = "error-status"
    case forcedStatus = "status"
    case retryAfter = "retry-after-s"
    case rateLimit = "rate-limit"
    case rateWindow = "rate-window-ms"
    case cutAfterFrames = "cut-after-frames"
    case stallAfterFrames = "stall-after-frames"
    case malformedFrame = "malformed-frame"
    case errorFrame = "error-frame"
    case closeBeforeHead = "close-before-head"
    case finishReason = "finish-reason"
    case toolCall = "tool-call"
    case toolArguments = "tool-arguments"
    case embeddingDimension = "embedding-dimension"

    /// What every header of a knob begins with, in lower case.
    package static let headerPrefix = "x-mock-"

    /// The whole name of the header, in lower case; names in requests are matched without regard to case.
    package var headerName: String {
        Self.headerPrefix + rawValue
    }
}
