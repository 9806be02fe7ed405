import NIOCore

extension MockProviderError {
    /// OpenAI's error object.
    var openAIBody: ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(192 + message.utf8.count)
        buffer.writeStaticString("{\"error\":{\"message\":")
        buffer.writeJSON(message)
        buffer.writeStaticString(",\"type\":")
        buffer.writeJSON(openAIType)
        buffer.writeStaticString(",\"param\":")
        if let param { buffer.writeJSON(param) } else { buffer.writeStaticString("null") }
        buffer.writeStaticString(",\"code\":")
        buffer.writeJSON(code.name)
        buffer.writeStaticString("}}")
        return buffer
    }

    /// OpenAI's `error.type`.
    private var openAIType: String {
        switch code {
        case .quotaGone: return "insufficient_quota"
        default: break
        }
        return switch status {
        case 401: "authentication_error"
        case 403: "permission_error"
        case 404: "not_found_error"
        case 429: "rate_limit_error"
        case 500...: "server_error"
        default: "invalid_request_error"
        }
    }
}
