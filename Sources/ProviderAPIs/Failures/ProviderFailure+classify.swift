internal import GatewayCore
package import NIOCore

extension ProviderFailure {
    /// Reads a refusal: what the provider's error codes say, else what the status says.
    /// - Parameters:
    ///   - headers: of the answer; names in any case.
    ///   - now: seconds since 1970, for a `Retry-After` that is a date.
    package static func classify(
        status: Int, headers: [(name: String, value: String)], body: ByteBuffer?, now: Int64
    ) -> ProviderFailure {
        let said = ProviderErrorBody(body)
        let message = said.message ?? "no message, status \(status)"
        var kind = kind(said, status: status) ?? .serverError
        var wait = RetryAfter.read(headers, now: now)
        var limit = RefusedLimit()
        if kind == .rateLimited {
            let (milliseconds, overflow) = now.multipliedReportingOverflow(by: 1000)
            let limits = overflow ? [] : ProviderLimits.read(headers, now: milliseconds)
            limit = RefusedLimit(said, limits: limits)
            wait = wait ?? limit.wait.map { min(max($0, .zero), RetryAfter.longest) }
            if limit.isDaily {
                // When the provider's day ends is not said: one refusal an hour finds it out.
                (kind, wait) = (.quotaGone, RetryAfter.longest)
            }
        }
        return ProviderFailure(
            kind, message: message, status: status, retryAfter: wait, spent: limit.kind, body: body)
    }

    /// Reads an error object that came without a status of its own: inside a stream, or in a body with status 200.
    /// Its code counts as the status where it is one.
    static func classify(_ root: JSONElement, otherwise: Kind) -> ProviderFailure {
        let said = ProviderErrorBody(root)
        let status = said.numericCode.flatMap { (400..<600).contains($0) ? $0 : nil }
        return ProviderFailure(
            kind(said, status: status ?? 0) ?? otherwise, message: said.message ?? "an error without a message",
            status: status, body: root.document.text)
    }

    private static func kind(_ said: ProviderErrorBody, status: Int) -> Kind? {
        if let kind = said.codes.lazy.compactMap({ byCode[$0] }).first { return kind }
        if [0, 400, 413, 422].contains(status), said.speaksOfContextLength { return .contextTooLong }
        if let kind = byStatus(status) { return kind }
        return said.type.flatMap { byType[$0] }
    }

    /// Codes of OpenAI, Azure OpenAI and the vendors that speak their protocol.
    private static let byCode: [String: Kind] = [
        "rate_limit_exceeded": .rateLimited,
        "too_many_requests": .rateLimited,
        "resource_exhausted": .rateLimited,
        "insufficient_quota": .quotaGone,
        "billing_hard_limit_reached": .quotaGone,
        "billing_not_active": .quotaGone,
        "context_length_exceeded": .contextTooLong,
        "content_filter": .contentPolicy,
        "content_policy_violation": .contentPolicy,
        "responsibleaipolicyviolation": .contentPolicy,
        "moderation_blocked": .contentPolicy,
        "invalid_prompt": .contentPolicy,
        "bio_policy": .contentPolicy,
        "misalignment_policy_violation": .contentPolicy,
        "image_content_policy_violation": .contentPolicy,
        "invalid_image": .badRequest,
        "invalid_image_format": .badRequest,
        "invalid_base64_image": .badRequest,
        "invalid_image_url": .badRequest,
        "image_too_large": .badRequest,
        "image_too_small": .badRequest,
        "image_parse_error": .badRequest,
        "invalid_image_mode": .badRequest,
        "image_file_too_large": .badRequest,
        "unsupported_image_media_type": .badRequest,
        "empty_image_file": .badRequest,
        "failed_to_download_image": .badRequest,
        "image_file_not_found": .badRequest,
        "vector_store_timeout": .timeout,
        "model_not_found": .modelNotFound,
        "deploymentnotfound": .modelNotFound,
        "invalid_api_key": .auth,
        "account_deactivated": .auth,
        "server_error": .serverError,
        "internal_server_error": .serverError,
        "slow_down": .overloaded,
        "server_overloaded": .overloaded,
        "engine_overloaded": .overloaded,
    ]

    /// Types are coarser than statuses, so they count only where no status speaks.
    private static let byType: [String: Kind] = [
        "insufficient_quota": .quotaGone,
        "rate_limit_error": .rateLimited,
        "requests": .rateLimited,
        "tokens": .rateLimited,
        "overloaded_error": .overloaded,
        "server_error": .serverError,
        "api_error": .serverError,
        "internalservererror": .serverError,
        "authentication_error": .auth,
        "permission_error": .auth,
        "invalid_request_error": .badRequest,
        "badrequesterror": .badRequest,
    ]

    private static func byStatus(_ status: Int) -> Kind? {
        switch status {
        case 401, 403: .auth
        case 402: .quotaGone
        case 404: .modelNotFound
        case 408, 504: .timeout
        // A conflict or "too early" is the moment's fault, not the request's.
        case 409, 425: .overloaded
        case 429: .rateLimited
        case 503, 529: .overloaded
        case 400..<500: .badRequest
        case 500..<600: .serverError
        default: nil
        }
    }
}
