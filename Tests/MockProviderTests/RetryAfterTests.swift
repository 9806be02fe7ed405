import MockProvider
import Testing

@Suite("Errors that say when to come again", .timeLimit(.minutes(1)))
struct RetryAfterTests {
    @Test("Each form stands where it is asked for", arguments: [
        ("seconds", "retry-after", "8"), ("decimal", "retry-after", "7.500"),
        ("milliseconds", "retry-after-ms", "7500"), ("rate-headers", "x-ratelimit-reset-requests", "7.5s"),
    ])
    func forms(_ form: String, _ header: String, _ value: String) async throws {
        try await MockFixture.run { mock in
            let headers = [
                "x-mock-status": "429", "x-mock-retry-after-s": "7.5", "x-mock-retry-after-form": form,
            ]
            let response = try await mock.post(MockFixture.body("q"), headers: headers)
            #expect(response.status == 429 && response.headers[header] == value)
            #expect(response.headers.keys.filter { $0.hasPrefix("retry") || $0.hasPrefix("x-rate") }.count > 0)
            #expect((response.headers["retry-after"] != nil) == (header == "retry-after"))
        }
    }

    @Test("A date is one of the calendar, at least so far away")
    func date() async throws {
        try await MockFixture.run { mock in
            let headers = [
                "x-mock-failure": "overloaded", "x-mock-retry-after-s": "60", "x-mock-retry-after-form": "date",
            ]
            let response = try await mock.post(MockFixture.body("q"), headers: headers)
            let date = try #require(response.headers["retry-after"])
            #expect(response.status == 503)
            #expect(date.wholeMatch(of: /[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} 20\d\d \d\d:\d\d:\d\d GMT/) != nil)
        }
    }

    @Test("Without the knob an error carries no advice")
    func none() async throws {
        try await MockFixture.run { mock in
            let response = try await mock.post(MockFixture.body("q"), headers: ["x-mock-status": "429"])
            #expect(response.headers["retry-after"] == nil && response.headers["x-request-id"] != nil)
        }
    }

    @Test("OpenAI's failures have its status and code", arguments: [
        ("rate-limited", 429, "rate_limit_exceeded"), ("quota-gone", 429, "insufficient_quota"),
        ("overloaded", 503, "slow_down"), ("context-too-long", 400, "context_length_exceeded"),
        ("content-policy", 400, "content_filter"), ("invalid-key", 401, "invalid_api_key"),
        ("model-not-found", 404, "model_not_found"),
    ])
    func failures(_ name: String, _ status: Int, _ code: String) async throws {
        try await MockFixture.run { mock in
            let response = try await mock.post(MockFixture.body("q"), headers: ["x-mock-failure": name])
            let error: ErrorWire = try response.decoded()
            #expect(response.status == status && error.error.code == code)
        }
    }

    @Test("A mock that refuses connections has a port, and nobody there")
    func refused() async throws {
        try await MockFixture.run({ $0.refusesConnections = true }) { mock in
            #expect(mock.port > 0)
            await #expect(throws: (any Error).self) { try await mock.get("/v1/models") }
        }
    }
}
