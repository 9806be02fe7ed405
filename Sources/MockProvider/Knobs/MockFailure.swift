/// A failure by its meaning: every dialect has a status, words and details of its own for it.
package enum MockFailure: String, CaseIterable, Sendable {
    /// Too many requests for now.
    case rateLimited = "rate-limited"
    /// Nothing more today, or until a bill is paid: the same status as a rate limit in most dialects.
    case quotaGone = "quota-gone"
    /// The provider has no capacity: 529 of Anthropic, 503 of the others.
    case overloaded
    case contextTooLong = "context-too-long"
    /// The prompt is refused by a content filter, before any answer.
    case contentPolicy = "content-policy"
    case invalidKey = "invalid-key"
    case forbidden
    case modelNotFound = "model-not-found"
    case serverError = "server-error"
    case timeout
}
