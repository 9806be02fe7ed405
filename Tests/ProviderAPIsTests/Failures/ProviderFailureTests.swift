import NIOCore
import ProviderAPIs
import Testing

@Suite("Provider failures")
struct ProviderFailureTests {
    /// A status and a body as providers send them, and what it is.
    static let table: [(status: Int, body: String, kind: ProviderFailure.Kind)] = [
        (429, openAI("Rate limit reached", "tokens", "rate_limit_exceeded"), .rateLimited),
        (429, openAI("You exceeded your current quota", "insufficient_quota", "insufficient_quota"), .quotaGone),
        (429, openAI("out of credit", "insufficient_quota", nil), .quotaGone),
        (429, "", .rateLimited),
        (429, #"[{"error":{"code":429,"message":"slow","status":"RESOURCE_EXHAUSTED"}}]"#, .rateLimited),
        (413, openAI("Request too large: tokens per minute", "tokens", "rate_limit_exceeded"), .rateLimited),
        (402, #"{"error":{"message":"Insufficient Balance","type":"unknown_error"}}"#, .quotaGone),
        (400, openAI("too long", "invalid_request_error", "context_length_exceeded"), .contextTooLong),
        (400, openAI("This model's maximum context length is 8192 tokens.", "invalid_request_error", nil),
         .contextTooLong),
        (400, #"{"object":"error","message":"maximum context length is 4096","code":400}"#, .contextTooLong),
        (422, #"{"error":"prompt is too long: 9 > 8"}"#, .contextTooLong),
        (413, "prompt is too long", .contextTooLong),
        (429, "your context window budget is used up", .rateLimited),
        (400, openAI("filtered", "invalid_request_error", "content_filter"), .contentPolicy),
        (400, #"{"error":{"code":"bad","innererror":{"code":"ResponsibleAIPolicyViolation"},"message":"m"}}"#,
         .contentPolicy),
        (403, openAI("blocked", nil, "moderation_blocked"), .contentPolicy),
        (400, openAI("unknown field", "invalid_request_error", nil), .badRequest),
        (422, #"{"detail":[{"msg":"field required"}]}"#, .badRequest),
        (413, "<html>too large</html>", .badRequest),
        (404, openAI("no such model", "invalid_request_error", "model_not_found"), .modelNotFound),
        (404, "not here", .modelNotFound),
        (400, openAI("no such model", nil, "model_not_found"), .modelNotFound),
        (401, openAI("Incorrect API key", "invalid_request_error", "invalid_api_key"), .auth),
        (403, "", .auth),
        (408, "", .timeout), (504, "", .timeout),
        (409, "", .overloaded), (503, "", .overloaded), (529, "", .overloaded),
        (503, openAI("Slow down", "server_error", "slow_down"), .overloaded),
        (500, openAI("oops", "server_error", nil), .serverError),
        (502, "<html>Bad Gateway</html>", .serverError),
        (302, "", .serverError), (0, "", .serverError), (-1, "{", .serverError), (Int.max, "[]", .serverError),
        (500, #"{"error":null}"#, .serverError), (500, #"{"error":[[]]}"#, .serverError),
    ]

    @Test("Codes decide, then the phrases for length, then the status", arguments: table)
    func kinds(status: Int, body: String, kind: ProviderFailure.Kind) {
        let failure = ProviderFailure.classify(status: status, headers: [], body: ByteBuffer(string: body), now: 0)
        #expect(failure.kind == kind)
        #expect(failure.status == status)
        #expect(failure.body == ByteBuffer(string: body))
        #expect(failure.retryAfter == nil)
    }

    @Test("The provider's message is found in every shape", arguments: [
        (#"{"error":{"message":"a"}}"#, "a"), (#"{"error":"a"}"#, "a"), (#"{"message":"a"}"#, "a"),
        (#"{"detail":"a"}"#, "a"), (#"{"detail":[{"msg":"a"}]}"#, "a"), (#"[{"error":{"message":"a"}}]"#, "a"),
        ("plain", "plain"), ("line\u{1B}[1m\nbreak", "line [1m break"), ("", "no message, status 500"),
    ])
    func messages(body: String, message: String) {
        let failure = ProviderFailure.classify(status: 500, headers: [], body: ByteBuffer(string: body), now: 0)
        #expect(failure.message == message)
    }

    @Test("A message ends at 500 bytes on a whole character", arguments: [
        (String(repeating: "a", count: 600), 500), (String(repeating: "é", count: 600), 500),
        ("a" + String(repeating: "😀", count: 600), 497), (String(repeating: "a", count: 500), 500),
    ])
    func bound(text: String, size: Int) {
        let failure = ProviderFailure(.serverError, message: text)
        #expect(failure.message.utf8.count == size)
        #expect(text.hasPrefix(failure.message))
    }

    @Test("Bytes that are no text become a message all the same")
    func noText() {
        let failure = ProviderFailure.classify(
            status: 500, headers: [], body: ByteBuffer(repeating: 0xFF, count: 4000), now: 0)
        #expect(failure.message.utf8.count == 498)
    }

    @Test("The next target is tried for every fault but the request's own")
    func nextTarget() {
        let own: Set<ProviderFailure.Kind> = [.contextTooLong, .contentPolicy, .badRequest]
        for kind in ProviderFailure.Kind.allCases {
            #expect(ProviderFailure(kind, message: "").triesNextTarget == !own.contains(kind), "\(kind)")
        }
    }

    @Test("Labels are metric labels, each its own")
    func labels() {
        let labels = ProviderFailure.Kind.allCases.map { ProviderFailure($0, message: "").label }
        #expect(Set(labels).count == ProviderFailure.Kind.allCases.count)
        #expect(labels.allSatisfy { $0.allSatisfy { $0.isLowercase || $0 == "_" } })
    }

    private static func openAI(_ message: String, _ type: String?, _ code: String?) -> String {
        let quoted = [type, code].map { $0.map { "\"\($0)\"" } ?? "null" }
        return #"{"error":{"message":"\#(message)","type":\#(quoted[0]),"param":null,"code":\#(quoted[1])}}"#
    }
}
