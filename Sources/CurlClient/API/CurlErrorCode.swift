/// The kinds of failure of an exchange. The raw value is a metric label.
package enum CurlErrorCode: String, Sendable, CaseIterable {
    /// The request itself is not sendable: a line break in a header, an unusable URL.
    case invalidRequest = "invalid_request"
    case resolveFailed = "resolve_failed"
    case connectFailed = "connect_failed"
    /// The host has only addresses that the request does not allow.
    case addressRefused = "address_refused"
    case connectTimeout = "connect_timeout"
    /// The handshake failed, or the certificate is not one we trust.
    case tlsFailed = "tls_failed"
    /// No response head within the time for it.
    case firstByteTimeout = "first_byte_timeout"
    /// The body stood still for too long.
    case idleTimeout = "idle_timeout"
    case totalTimeout = "total_timeout"
    /// The connection ended before the response did.
    case cut = "cut"
    /// What came is not HTTP, or contradicts itself.
    case invalidResponse = "invalid_response"
    case headTooLarge = "head_too_large"
    case bodyTooLarge = "body_too_large"
    /// As many exchanges are in hand as the configuration allows.
    case tooManyWaiting = "too_many_waiting"
    /// The caller went away.
    case cancelled = "cancelled"
    /// The client was shut down.
    case shutdown = "shutdown"
    /// libcurl refused something that should always work: no memory, an option unknown to this build.
    case engineFailed = "engine_failed"
}
