import NIOCore

extension MockFailure {
    /// The same words for a minute's quota and a day's: only the details tell them apart.
    private static let overQuota = "You exceeded your current quota, please check your plan and billing details."

    /// Google's status and words for this failure. `contentPolicy` is no error there: the answer has no candidates.
    func gemini(model: String) -> MockProviderError {
        switch self {
        case .rateLimited:
            MockProviderError(.rateLimited, Self.overQuota, status: 429)
        case .quotaGone:
            MockProviderError(.quotaGone, Self.overQuota, status: 429)
        case .overloaded:
            MockProviderError(.overloaded, "The model is overloaded. Please try again later.", status: 503)
        case .contextTooLong:
            MockProviderError(
                .contextTooLong,
                "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).")
        case .contentPolicy: MockProviderError(.contentPolicy, "The prompt was blocked.")
        // 400 and not 401.
        case .invalidKey: MockProviderError(.invalidKey, "API key not valid. Please pass a valid API key.")
        case .forbidden: MockProviderError(.forbidden, "The caller does not have permission", status: 403)
        case .modelNotFound:
            MockProviderError(
                .modelNotFound,
                "models/\(model) is not found for API version v1beta, or is not supported for generateContent. "
                    + "Call ListModels to see the list of available models and their supported methods.",
                status: 404)
        case .serverError: MockProviderError(.injected, "An internal error has occurred.", status: 500)
        case .timeout: MockProviderError(.timeout, "Deadline expired before operation could complete.", status: 504)
        }
    }
}

extension MockProviderError {
    /// Google's error object, which is also what a failing stream sends.
    func geminiError(retryDelay: String?) -> MockJSON {
        let details = geminiDetails(retryDelay: retryDelay)
        return [
            "error": .members([
                "code": .number(status), "message": .string(message), "status": .string(geminiStatus),
                "details": details.isEmpty ? nil : .array(details),
            ]),
        ]
    }

    func geminiBody(retryDelay: String?) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.write(geminiError(retryDelay: retryDelay))
        return buffer
    }

    private func geminiDetails(retryDelay: String?) -> [MockJSON] {
        let prefix = "type.googleapis.com/google.rpc."
        var details: [MockJSON] = []
        if code == .invalidKey {
            details.append([
                "@type": "\(prefix)ErrorInfo", "reason": "API_KEY_INVALID", "domain": "googleapis.com",
                "metadata": ["service": "generativelanguage.googleapis.com"],
            ])
        }
        if status == 429 {
            let span = code == .quotaGone ? "Day" : "Minute"
            details.append([
                "@type": "\(prefix)QuotaFailure",
                "violations": [[
                    "quotaMetric": "generativelanguage.googleapis.com/generate_content_requests",
                    "quotaId": "GenerateRequestsPer\(span)PerProjectPerModel",
                    "quotaDimensions": ["location": "global"], "quotaValue": "60",
                ]],
            ])
        }
        if let retryDelay { details.append(["@type": "\(prefix)RetryInfo", "retryDelay": .string(retryDelay)]) }
        return details
    }

    /// The canonical code of an HTTP status (google.rpc.Code).
    private var geminiStatus: String {
        switch status {
        case 401: "UNAUTHENTICATED"
        case 403: "PERMISSION_DENIED"
        case 404: "NOT_FOUND"
        case 409: "ABORTED"
        case 429: "RESOURCE_EXHAUSTED"
        case 499: "CANCELLED"
        case 501: "UNIMPLEMENTED"
        case 503: "UNAVAILABLE"
        case 504: "DEADLINE_EXCEEDED"
        case 500...: "INTERNAL"
        default: "INVALID_ARGUMENT"
        }
    }
}
