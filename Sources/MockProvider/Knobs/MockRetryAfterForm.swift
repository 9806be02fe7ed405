/// How an answer says when to come again.
package enum MockRetryAfterForm: String, CaseIterable, Sendable {
    /// `Retry-After: 7`
    case seconds
    /// `Retry-After: 7.500`
    case decimal
    /// `Retry-After: Sun, 06 Nov 1994 08:49:37 GMT`
    case date
    /// `retry-after-ms: 7500`
    case milliseconds
    /// Only the rate headers of the dialect, of which none is left.
    case rateHeaders = "rate-headers"
    /// `RetryInfo.retryDelay` in the error's details: Gemini's way, and ignored in other dialects.
    case retryInfo = "retry-info"
}
