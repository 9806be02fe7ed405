import NIOCore
import ProviderAPIs
import Testing

@Suite("Which limit refused")
struct RefusedLimitTests {
    private func refusal(
        _ body: String, headers: [(name: String, value: String)] = [], status: Int = 429
    ) -> ProviderFailure {
        ProviderFailure.classify(
            status: status, headers: headers, body: ByteBuffer(string: body), now: 1_769_860_800)
    }

    /// As Gemini refuses, with the members given.
    private func gemini(quotas: [String], delay: String?) -> String {
        let violations = quotas.map { #"{"quotaMetric":"generativelanguage.googleapis.com/x","quotaId":"\#($0)"}"# }
        let retry = delay.map { #",{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"\#($0)"}"# } ?? ""
        return """
            {"error":{"code":429,"message":"You exceeded your current quota","status":"RESOURCE_EXHAUSTED","details":[
            {"@type":"type.googleapis.com/google.rpc.QuotaFailure",
            "violations":[\(violations.joined(separator: ","))]}\(retry)]}}
            """
    }

    @Test("Gemini's RetryInfo says how long to wait", arguments: [
        ("22s", Duration.seconds(22)), ("34.074824s", .microseconds(34_074_824)), ("0s", .zero),
        ("7200s", .seconds(3600)),
    ])
    func retryInfo(delay: String, wait: Duration) {
        let failure = refusal(gemini(quotas: ["GenerateRequestsPerMinutePerProjectPerModel"], delay: delay))
        #expect(failure.kind == .rateLimited)
        #expect(failure.retryAfter == wait)
        #expect(failure.spent == .requests)
    }

    @Test("The same inside a list, as streams of Gemini refuse")
    func list() {
        let failure = refusal("[" + gemini(quotas: [], delay: "5s") + "]")
        #expect(failure.retryAfter == .seconds(5))
        #expect(failure.spent == nil)
    }

    @Test("A day's quota is gone for as long as is believed, whatever delay stands beside it", arguments: [
        ("GenerateRequestsPerDayPerProjectPerModel-FreeTier", ProviderLimit.Kind.requestsPerDay),
        ("GenerateContentInputTokensPerModelPerDay", .tokensPerDay),
    ])
    func daily(quota: String, kind: ProviderLimit.Kind) {
        let failure = refusal(
            gemini(quotas: ["GenerateRequestsPerMinutePerProjectPerModel", quota], delay: "22s"),
            headers: [("retry-after", "22")])
        #expect(failure.kind == .quotaGone)
        #expect(failure.retryAfter == .seconds(3600))
        #expect(failure.spent == kind)
    }

    @Test("A quota of tokens names them", arguments: [
        ("GenerateContentInputTokensPerModelPerMinute", ProviderLimit.Kind.inputTokens),
        ("GenerateContentOutputTokensPerModelPerMinute", .outputTokens), ("TokensPerMinute", .tokens),
        ("GenerateRequestsPerMinute", .requests),
    ])
    func tokens(quota: String, kind: ProviderLimit.Kind) {
        #expect(refusal(gemini(quotas: [quota], delay: nil)).spent == kind)
    }

    @Test("Of the limits that are used up the last to be back counts, unless Retry-After is said")
    func spent() {
        var headers: [(name: String, value: String)] = [
            ("x-ratelimit-remaining-requests", "0"), ("x-ratelimit-reset-requests", "2s"),
            ("x-ratelimit-remaining-tokens", "0"), ("x-ratelimit-reset-tokens", "9s"),
        ]
        let failure = refusal("{}", headers: headers)
        #expect(failure.retryAfter == .seconds(9))
        #expect(failure.spent == .tokens)
        headers.append(("retry-after", "3"))
        #expect(refusal("{}", headers: headers).retryAfter == .seconds(3))
        headers[2].value = "17"
        #expect(refusal("{}", headers: Array(headers.dropLast())).retryAfter == .seconds(2))
    }

    @Test("Anthropic's resets are dates: the last to be back of those used up counts, and no more than an hour", arguments: [
        ("2026-01-31T12:00:30Z", Duration.seconds(30)), ("2026-01-31T11:59:00Z", .zero),
        ("2026-02-28T12:00:00Z", .seconds(3600)), ("9999-12-31T23:59:59Z", .seconds(3600)),
    ])
    func anthropic(reset: String, wait: Duration) {
        let failure = refusal(
            #"{"type":"error","error":{"type":"rate_limit_error","message":"m"}}"#,
            headers: [
                ("anthropic-ratelimit-requests-limit", "50"), ("anthropic-ratelimit-requests-remaining", "49"),
                ("anthropic-ratelimit-requests-reset", "2026-01-31T12:30:00Z"),
                ("anthropic-ratelimit-input-tokens-limit", "1000"),
                ("anthropic-ratelimit-input-tokens-remaining", "0"),
                ("anthropic-ratelimit-input-tokens-reset", reset),
            ])
        #expect(failure.retryAfter == wait)
        #expect(failure.spent == .inputTokens)
    }

    @Test("What OpenAI and Azure say only in words is understood", arguments: [
        ("Rate limit reached … Please try again in 6ms. Visit …", Duration.milliseconds(6) as Duration?),
        ("Please try again in 1m2.5s.", .milliseconds(62_500)), ("Please retry after 26 seconds.", .seconds(26)),
        ("retry after 1 second", .seconds(1)), ("Try again in a while", nil), ("try again in", nil),
        ("retry after 99999999999999 seconds", nil), ("again in again in 5s", nil), ("", nil),
    ])
    func words(message: String, wait: Duration?) {
        let failure = refusal(#"{"error":{"message":"\#(message)","type":"tokens","code":"rate_limit_exceeded"}}"#)
        #expect(failure.retryAfter == wait)
        #expect(failure.spent == .tokens)
    }

    @Test("Strange details are no details", arguments: [
        "null", "7", "[]", "[null,7,[]]", #"[{"retryDelay":22}]"#, #"[{"retryDelay":"22"}]"#,
        #"[{"violations":[7,{}]}]"#, #"[{"violations":{"quotaId":"x"}}]"#,
    ])
    func strange(details: String) {
        let failure = refusal(#"{"error":{"code":429,"details":\#(details)}}"#)
        #expect(failure.kind == .rateLimited)
        #expect(failure.retryAfter == nil)
        #expect(failure.spent == nil)
    }

    @Test("Only a refusal for want of room is read so")
    func others() {
        let failure = refusal(
            #"{"error":{"message":"try again in 5s","type":"tokens"}}"#,
            headers: [("x-ratelimit-remaining-tokens", "0")], status: 500)
        #expect(failure.kind == .serverError)
        #expect(failure.retryAfter == nil)
        #expect(failure.spent == nil)
    }
}
