/// What a mock provider refuses or fails at: a request it cannot serve, a knob it cannot read, a port it cannot bind.
package struct MockProviderError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What went wrong, as OpenAI's `error.code` where that API has a name for it.
    package struct Code: Sendable, Hashable {
        /// As it stands in an answer's body.
        package let name: String

        private init(_ name: String) {
            self.name = name
        }

        package static let invalidJSON = Code("invalid_json")
        package static let invalidType = Code("invalid_type")
        package static let invalidValue = Code("invalid_value")
        package static let missingField = Code("missing_required_parameter")
        package static let invalidKnob = Code("invalid_mock_header")
        package static let invalidKey = Code("invalid_api_key")
        package static let unknownPath = Code("unknown_url")
        package static let wrongMethod = Code("method_not_allowed")
        package static let bodyTooLarge = Code("body_too_large")
        package static let rateLimited = Code("rate_limit_exceeded")
        package static let quotaGone = Code("insufficient_quota")
        package static let overloaded = Code("slow_down")
        package static let contextTooLong = Code("context_length_exceeded")
        package static let contentPolicy = Code("content_filter")
        package static let forbidden = Code("permission_denied")
        package static let modelNotFound = Code("model_not_found")
        package static let timeout = Code("timeout")
        package static let threadUnsupported = Code("thread_unsupported_request")
        package static let signatureMismatch = Code("signature_mismatch")
        package static let signatureMissing = Code("signature_missing")
        package static let signatureIncomplete = Code("signature_incomplete")
        package static let previousResponse = Code("previous_response_not_found")
        package static let encryptedContent = Code("invalid_encrypted_content")
        package static let unsupportedParameter = Code("unsupported_parameter")
        package static let belowMinimum = Code("integer_below_min_value")
        package static let injected = Code("mock_error")
        package static let cannotListen = Code("cannot_listen")
    }

    package let code: Code
    /// What was expected, what was found and where.
    package let message: String
    /// The request field or header at fault, as in OpenAI's `error.param`.
    package let param: String?
    /// The HTTP status a client is answered with.
    package let status: Int

    /// - Parameters:
    ///   - message: a full sentence, safe to show to the client.
    ///   - status: 400 unless the request is sound and something else failed.
    package init(_ code: Code, _ message: String, param: String? = nil, status: Int = 400) {
        self.code = code
        self.message = message
        self.param = param
        self.status = status
    }

    /// Whether the same request may succeed later.
    package var isRetriable: Bool {
        status == 408 || status == 409 || status == 429 || status >= 500
    }

    package var description: String {
        "\(code.name): \(message)"
    }
}
