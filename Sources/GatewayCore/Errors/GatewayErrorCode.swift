/// The kinds of refusal, each with its HTTP status. The raw value is the machine-readable code in the body and
/// the label of the error metric.
package enum GatewayErrorCode: String, Sendable, CaseIterable {
    case invalidJSON = "invalid_json"
    case invalidRequest = "invalid_request"
    case unauthorized = "invalid_api_key"
    case notFound = "not_found"
    case methodNotAllowed = "method_not_allowed"
    case modelNotFound = "model_not_found"
    /// What a request goes on from is not kept, or not any longer. OpenAI answers it with 400.
    case previousResponseNotFound = "previous_response_not_found"
    /// Targets exist, but none that may take this request.
    case noCompliantTarget = "no_compliant_target"
    case bodyTooLarge = "request_too_large"
    case requestTimeout = "request_timeout"
    /// Nobody reads the answer any more; the status is the one nginx logs in this case.
    case clientGone = "client_gone"
    case rateLimited = "rate_limit_exceeded"
    /// Money is used up: to come again soon does not help.
    case budgetExhausted = "insufficient_quota"
    case providerRefused = "provider_refused"
    /// The provider refused more tokens than its model can hold.
    case contextTooLong = "context_length_exceeded"
    /// The provider refused what its rules of content forbid.
    case contentRefused = "content_filter"
    case providerFailed = "provider_failed"
    case providerTimeout = "provider_timeout"
    case streamTruncated = "upstream_stream_truncated"
    /// The caller wants an answer from the cache or none (RFC 9111, section 5.2.1.7).
    case notCached = "not_cached"
    case overloaded = "overloaded"
    /// What was asked for stands in a store that does not answer.
    case storeUnavailable = "store_unavailable"
    case internalFault = "internal_error"

    package var status: Int {
        switch self {
        case .invalidJSON, .invalidRequest, .providerRefused, .contextTooLong, .contentRefused,
            .previousResponseNotFound: 400
        case .unauthorized: 401
        case .noCompliantTarget: 403
        case .notFound, .modelNotFound: 404
        case .methodNotAllowed: 405
        case .requestTimeout: 408
        case .bodyTooLarge: 413
        case .rateLimited, .budgetExhausted: 429
        case .clientGone: 499
        case .internalFault: 500
        case .providerFailed, .streamTruncated: 502
        case .overloaded, .storeUnavailable: 503
        case .providerTimeout, .notCached: 504
        }
    }
}
