internal import GatewayCore
internal import NIOCore

extension ProviderFailure {
    /// Reads a refusal of this dialect.
    static func anthropic(
        status: Int, headers: [(name: String, value: String)], body: ByteBuffer, now: Int64
    ) -> ProviderFailure {
        ProviderFailure.classify(status: status, headers: headers, body: body, now: now).anthropic
    }

    /// Reads an error object that came under status 200.
    static func anthropic(_ root: JSONElement) -> ProviderFailure {
        let failure = ProviderFailure.classify(root, otherwise: .streamError)
        guard let kind = byType[root["error"]?["type"]?.string ?? ""] else { return failure.anthropic }
        return failure.called(failure.kind == .contextTooLong ? .contextTooLong : kind).anthropic
    }

    /// With what no code tells: money that is gone, a prompt that does not fit and words that were held back are all
    /// called an invalid request, and told apart by their message alone.
    private var anthropic: ProviderFailure {
        guard kind == .badRequest || kind == .rateLimited || kind == .auth else { return self }
        let text = message.lowercased()
        for (kind, phrases) in Self.phrases where phrases.contains(where: text.contains) { return called(kind) }
        return self
    }

    private static let phrases: [(Kind, [String])] = [
        (.quotaGone, ["credit balance is too low", "api usage limits", "spend limit"]),
        (.contextTooLong, ["exceed context limit", "prompt is too long"]),
        (.contentPolicy, ["content filtering policy", "usage policy"]),
    ]

    private static let byType: [String: Kind] = [
        "rate_limit_error": .rateLimited, "overloaded_error": .overloaded, "api_error": .serverError,
        "timeout_error": .timeout, "authentication_error": .auth, "permission_error": .auth,
        "billing_error": .quotaGone, "not_found_error": .modelNotFound, "request_too_large": .badRequest,
        "invalid_request_error": .badRequest,
    ]
}
