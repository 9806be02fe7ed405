import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Refusals by Anthropic")
struct AnthropicFailureTests {
    private static let now: Int64 = 784_111_777

    private func failure(
        _ status: Int, _ body: String, headers: [(name: String, value: String)] = []
    ) -> ProviderFailure {
        AnthropicProvider().failure(
            status: status, headers: headers, body: ByteBuffer(string: body), now: Self.now)
    }

    private static func body(_ type: String, _ message: String) -> String {
        #"{"type":"error","error":{"type":"\#(type)","message":"\#(message)"},"request_id":"req_011"}"#
    }

    @Test("Each refusal is what it means, by status, type and words", arguments: [
        (400, "invalid_request_error", "messages: at least one message is required", ProviderFailure.Kind.badRequest),
        (400, "invalid_request_error", "prompt is too long: 208310 tokens > 200000 maximum", .contextTooLong),
        (400, "invalid_request_error",
            "input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000", .contextTooLong),
        (400, "invalid_request_error", "Output blocked by content filtering policy", .contentPolicy),
        (400, "invalid_request_error", "Your credit balance is too low to access the Anthropic API.", .quotaGone),
        (400, "invalid_request_error", "You have reached your specified API usage limits.", .quotaGone),
        (401, "authentication_error", "invalid x-api-key", .auth),
        (402, "billing_error", "Check your payment details", .quotaGone),
        (403, "permission_error", "Your API key has no permission", .auth),
        (404, "not_found_error", "model: claude-x", .modelNotFound),
        (413, "request_too_large", "Request exceeds the maximum size", .badRequest),
        (429, "rate_limit_error", "This request would exceed the rate limit", .rateLimited),
        (500, "api_error", "Internal server error", .serverError),
        (503, "api_error", "Unavailable", .overloaded),
        (504, "timeout_error", "Timed out", .timeout),
        (529, "overloaded_error", "Overloaded", .overloaded),
    ])
    func kinds(status: Int, type: String, message: String, kind: ProviderFailure.Kind) {
        let failure = failure(status, Self.body(type, message))
        #expect(failure.kind == kind)
        #expect(failure.status == status && failure.message == message)
        #expect(failure.body.map { String(buffer: $0) } == Self.body(type, message))
    }

    @Test("Trap 12: how long to wait, in every form", arguments: [
        ("retry-after", "12", 12.0), ("Retry-After", "1.5", 1.5), ("retry-after-ms", "250", 0.25),
        ("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT", 10.0), ("retry-after", "999999", 3600.0),
    ])
    func retryAfter(name: String, value: String, seconds: Double) {
        let failure = failure(
            429, Self.body("rate_limit_error", "slow down"), headers: [(name: name, value: value)])
        #expect(failure.retryAfter == .milliseconds(Int64(seconds * 1000)))
    }

    @Test("Without Retry-After the wait is that of the limit which is used up, from its own headers")
    func limits() {
        // date -u -d @784111777 is 1994-11-06 08:49:37.
        let failure = failure(
            429, Self.body("rate_limit_error", "slow down"),
            headers: [
                (name: "anthropic-ratelimit-requests-limit", value: "50"),
                (name: "anthropic-ratelimit-requests-remaining", value: "49"),
                (name: "anthropic-ratelimit-requests-reset", value: "1994-11-06T08:49:40Z"),
                (name: "anthropic-ratelimit-input-tokens-limit", value: "40000"),
                (name: "anthropic-ratelimit-input-tokens-remaining", value: "0"),
                (name: "anthropic-ratelimit-input-tokens-reset", value: "1994-11-06T08:49:57Z"),
            ])
        #expect(failure.kind == .rateLimited && failure.spent == .inputTokens)
        #expect(failure.retryAfter == .seconds(20))
    }

    @Test("A refusal that is none of the dialect's is read by its status", arguments: ["", "<html>", "[]", "7"])
    func otherBodies(body: String) {
        #expect(failure(502, body).kind == .serverError)
        #expect(failure(400, body).kind == .badRequest)
    }
}
