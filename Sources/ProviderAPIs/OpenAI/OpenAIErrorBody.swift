package import GatewayCore
package import NIOCore

/// Renders refusals as OpenAI's SDKs read them.
package enum OpenAIErrorBody {
    /// The body of an error answer. A provider's own error object passes as it is.
    package static func json(_ error: GatewayError) -> ByteBuffer {
        var message = error.message
        if let answer = error.providerAnswer {
            if let document = try? JSONDocument(answer.body), document.root.kind == .object {
                if let said = document.root["error"], !said.isNull { return answer.body }
                message = ProviderErrorBody(document.root).message ?? message
            }
            // Anything else, such as a proxy's page, stays inside: it may name machines.
        }
        var output = ByteBuffer()
        output.writeStaticString(#"{"error":{"message":"#)
        output.writeJSONString(message)
        output.writeStaticString(#","type":"#)
        output.writeJSONString(type(of: error.code))
        output.writeStaticString(#","param":"#)
        if let parameter = error.parameter {
            output.writeJSONString(parameter)
        } else {
            output.writeStaticString("null")
        }
        output.writeStaticString(#","code":"#)
        output.writeJSONString(error.code.rawValue)
        output.writeStaticString("}}")
        return output
    }

    /// The frame of an error in a stream whose head is already sent. No `[DONE]` may follow it.
    package static func frame(_ error: GatewayError) -> ByteBuffer {
        ServerSentEvent.frame(json(error))
    }

    /// The `type` OpenAI sends with such a refusal. A refused key and an unknown model are invalid requests there.
    private static func type(of code: GatewayErrorCode) -> String {
        switch code {
        case .invalidJSON, .invalidRequest, .unauthorized, .notFound, .methodNotAllowed, .modelNotFound,
            .noCompliantTarget, .bodyTooLarge, .requestTimeout, .clientGone, .providerRefused,
            .contextTooLong, .contentRefused, .previousResponseNotFound:
            "invalid_request_error"
        case .rateLimited: "requests"
        case .budgetExhausted: "insufficient_quota"
        case .providerFailed, .providerTimeout, .streamTruncated, .overloaded, .storeUnavailable, .internalFault,
            .notCached:
            "server_error"
        }
    }
}
