internal import GatewayCore
internal import NIOCore

/// Renders refusals as Anthropic's SDKs read them.
enum MessagesErrorBody {
    /// The body of an error answer, and the data of one in a stream. A provider's own error object of this dialect
    /// passes as it is.
    static func json(_ error: GatewayError) -> ByteBuffer {
        var message = error.message
        var type = type(of: error.code)
        if let answer = error.providerAnswer {
            type = self.type(ofStatus: answer.status)
            if let document = try? JSONDocument(answer.body), document.root.kind == .object {
                if document.root["type"]?.string == "error", document.root["error"]?.kind == .object {
                    return answer.body
                }
                message = ProviderErrorBody(document.root).message ?? message
            }
            // Anything else, such as a proxy's page, stays inside: it may name machines.
        }
        var json = JSONWriter()
        json.object { json in
            json.member("type", "error")
            json.object("error") {
                $0.member("type", type)
                $0.member("message", message)
                if error.code == .invalidRequest, error.parameter == MessagesThread.name {
                    MessagesThread.writeDetails(to: &$0)
                }
            }
        }
        return json.bytes
    }

    /// The status that clients of this dialect know for a refusal: two have one that is only theirs.
    static func status(of error: GatewayError) -> Int {
        switch error.code {
        case .budgetExhausted: 402
        case .overloaded: 529
        default: error.status
        }
    }

    private static func type(of code: GatewayErrorCode) -> String {
        switch code {
        case .invalidJSON, .invalidRequest, .methodNotAllowed, .providerRefused, .contextTooLong, .contentRefused:
            "invalid_request_error"
        case .unauthorized: "authentication_error"
        case .noCompliantTarget: "permission_error"
        case .notFound, .modelNotFound, .previousResponseNotFound: "not_found_error"
        case .bodyTooLarge: "request_too_large"
        case .rateLimited: "rate_limit_error"
        case .budgetExhausted: "billing_error"
        case .requestTimeout, .providerTimeout, .notCached: "timeout_error"
        case .overloaded: "overloaded_error"
        case .clientGone, .providerFailed, .streamTruncated, .storeUnavailable, .internalFault: "api_error"
        }
    }

    private static func type(ofStatus status: Int) -> String {
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
