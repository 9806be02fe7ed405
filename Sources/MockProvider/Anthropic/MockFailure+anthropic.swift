import NIOCore

extension MockFailure {
    /// Anthropic's status and words for this failure.
    var anthropic: MockProviderError {
        switch self {
        case .rateLimited:
            MockProviderError(
                .rateLimited, "This request would exceed your organization's rate limit.", status: 429)
        case .quotaGone:
            MockProviderError(
                .quotaGone, "Your credit balance is too low to access the API. Please go to Plans & Billing.",
                status: 402)
        case .overloaded: MockProviderError(.overloaded, "Overloaded", status: 529)
        case .contextTooLong:
            MockProviderError(.contextTooLong, "prompt is too long: 208310 tokens > 200000 maximum")
        case .contentPolicy: MockProviderError(.contentPolicy, "Output blocked by content filtering policy")
        case .invalidKey: MockProviderError(.invalidKey, "invalid x-api-key", status: 401)
        case .forbidden:
            MockProviderError(
                .forbidden, "Your API key does not have permission to use the specified resource.", status: 403)
        case .modelNotFound: MockProviderError(.modelNotFound, "model: unknown", status: 404)
        case .serverError: MockProviderError(.injected, "Internal server error", status: 500)
        case .timeout: MockProviderError(.timeout, "Request timed out", status: 504)
        }
    }
}

extension MockProviderError {
    /// Anthropic's error object, which is also what a failing stream sends.
    func anthropicError(requestID: String) -> MockJSON {
        // Clients that keep a conversation on the server find in the details that they must send it whole.
        let details: MockJSON = ["error_code": .string(code.name), "unsupported": ["thread"]]
        return [
            "type": "error",
            "error": .members([
                "type": .string(anthropicType), "message": .string(message),
                "details": code == .threadUnsupported ? details : nil,
            ]),
            "request_id": .string(requestID),
        ]
    }

    func anthropicBody(requestID: String) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.write(anthropicError(requestID: requestID))
        return buffer
    }

    private var anthropicType: String {
        switch status {
        case 401: "authentication_error"
        case 402: "billing_error"
        case 403: "permission_error"
        case 404: "not_found_error"
        case 413: "request_too_large"
        case 429: "rate_limit_error"
        case 504: "timeout_error"
        case 529: "overloaded_error"
        case 500...: "api_error"
        default: "invalid_request_error"
        }
    }
}
