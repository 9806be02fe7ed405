extension ProviderFailure {
    /// By what the gateway acts. The raw value is a metric label.
    package enum Kind: String, Sendable, CaseIterable {
        /// Too many requests or tokens for now.
        case rateLimited = "rate_limited"
        /// The account has no money or no quota left: waiting a minute does not help.
        case quotaGone = "quota_gone"
        case overloaded
        case serverError = "server_error"
        /// The key is refused.
        case auth
        case contextTooLong = "context_too_long"
        case contentPolicy = "content_policy"
        case badRequest = "bad_request"
        case modelNotFound = "model_not_found"
        /// Not what the provider's own protocol says.
        case malformedAnswer = "malformed_answer"
        /// The stream ended in front of its end.
        case truncated
        /// An error inside a stream that says no more than that.
        case streamError = "stream_error"
        /// The provider's dialect has no word for something in the request: nothing was sent.
        case unsupported
        case transport
        case timeout
    }
}
