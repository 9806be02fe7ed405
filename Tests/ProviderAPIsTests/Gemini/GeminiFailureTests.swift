import GatewayCore
import NIOCore
import ProviderAPIs
import Testing

@Suite("Gemini's refusals")
struct GeminiFailureTests {
    private func error(
        _ code: Int, _ status: String, _ message: String = "no", details: String = ""
    ) -> String {
        #"{"error":{"code":\#(code),"message":"\#(message)","status":"\#(status)","details":[\#(details)]}}"#
    }

    private func failure(_ status: Int, _ body: String) -> ProviderFailure {
        GeminiReading.provider.failure(status: status, headers: [], body: ByteBuffer(string: body), now: 0)
    }

    @Test("Each kind of refusal is told from the others")
    func kinds() {
        let noKey = #"{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID"}"#
        let long = "The input token count (1048577) exceeds the maximum number of tokens allowed (1048576)."
        let vertexLong = "Unable to submit request because the input token count is 40000 but the model supports 32768."
        let policy = "The prompt contains words that violate Google's Responsible AI practices."
        let table: [(Int, String, ProviderFailure.Kind)] = [
            (400, error(400, "INVALID_ARGUMENT", "API key not valid.", details: noKey), .auth),
            (400, error(400, "FAILED_PRECONDITION", "User location is not supported."), .auth),
            (400, error(400, "FAILED_PRECONDITION", "Please enable billing on your project."), .auth),
            (400, error(400, "FAILED_PRECONDITION", "File abc is not in an ACTIVE state."), .badRequest),
            (401, error(401, "UNAUTHENTICATED"), .auth),
            (403, error(403, "PERMISSION_DENIED"), .auth),
            (404, error(404, "NOT_FOUND", "models/x is not found"), .modelNotFound),
            (400, error(400, "INVALID_ARGUMENT", "Unknown name"), .badRequest),
            (400, error(400, "INVALID_ARGUMENT", long), .contextTooLong),
            (400, error(400, "INVALID_ARGUMENT", vertexLong), .contextTooLong),
            (400, error(400, "INVALID_ARGUMENT", policy), .contentPolicy),
            (429, error(429, "RESOURCE_EXHAUSTED"), .rateLimited),
            (500, error(500, "INTERNAL"), .serverError),
            (503, error(503, "UNAVAILABLE", "The model is overloaded."), .overloaded),
            (504, error(504, "DEADLINE_EXCEEDED"), .timeout),
            (529, "", .overloaded),
            (502, "<html>Bad gateway</html>", .serverError),
        ]
        for (status, body, kind) in table {
            #expect(failure(status, body).kind == kind, "\(status) \(body)")
            // Some errors come as the only element of an array.
            if body.hasPrefix("{") { #expect(failure(status, "[\(body)]").kind == kind, "\(status) [\(body)]") }
        }
    }

    private let delay = #"{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"22.5s"}"#

    private func quota(_ id: String) -> String {
        #"{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"\#(id)"}]}"#
    }

    @Test("The delay of a RetryInfo is kept, and a day's quota is gone for an hour at least")
    func quotas() {
        let minute = failure(
            429,
            error(
                429, "RESOURCE_EXHAUSTED",
                details: quota("GenerateContentInputTokensPerModelPerMinute") + "," + delay))
        #expect(minute.kind == .rateLimited && minute.retryAfter == .milliseconds(22_500))
        #expect(minute.spent == .inputTokens)
        let day = failure(
            429,
            error(429, "RESOURCE_EXHAUSTED", details: quota("GenerateRequestsPerDayPerProjectPerModel") + "," + delay))
        #expect(day.kind == .quotaGone && day.retryAfter == .seconds(3600) && day.spent == .requestsPerDay)
    }

    @Test("Retry-After counts in all its forms")
    func retryAfter() {
        let forms: [(String, String, Duration)] = [
            ("Retry-After", "7", .seconds(7)), ("retry-after", "1.5", .milliseconds(1500)),
            ("retry-after-ms", "250", .milliseconds(250)),
            ("retry-after", "Thu, 01 Jan 1970 00:00:09 GMT", .seconds(9)), ("retry-after", "99999999", .seconds(3600)),
        ]
        for (name, value, wait) in forms {
            let failure = GeminiReading.provider.failure(
                status: 429, headers: [(name, value)],
                body: ByteBuffer(string: error(429, "RESOURCE_EXHAUSTED", details: delay)), now: 0)
            #expect(failure.retryAfter == wait, "\(name): \(value)")
        }
    }

    @Test("An error inside a stream with status 200 is that error, with its delay")
    func inStream() {
        let start = "data: \(GeminiFixture.plain.chunks[0])\r\n\r\n"
        let exhausted = error(429, "RESOURCE_EXHAUSTED", details: delay)
        for body in [exhausted, "[\(exhausted)]"] {
            let failure = GeminiReading.failure(start + "data: \(body)\n\n")
            #expect(failure?.kind == .rateLimited && failure?.retryAfter == .milliseconds(22_500))
        }
        #expect(GeminiReading.failure(start + "data: \(error(503, "UNAVAILABLE"))\n\n")?.kind == .overloaded)
        #expect(GeminiReading.failure(start + #"data: {"error":{"message":"hm"}}"#)?.kind == .streamError)
        #expect(GeminiReading.failure("data: nonsense\n\n")?.kind == .malformedAnswer)
    }

    @Test("An error object under status 200 is no answer")
    func errorAsAnswer() {
        #expect {
            try GeminiReading.provider.answer(ByteBuffer(string: error(503, "UNAVAILABLE")))
        } throws: { ($0 as? ProviderFailure)?.kind == .overloaded }
        for body in ["{}", "[]", "", "null", #"{"candidates":[]}"#, #"{"candidates":[{"content":{}}]}"#] {
            #expect {
                try GeminiReading.provider.answer(ByteBuffer(string: body))
            } throws: { ($0 as? ProviderFailure)?.kind == .malformedAnswer }
        }
    }
}
