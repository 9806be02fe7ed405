import GatewayCore
import GatewayTesting
import NIOCore
import Testing

@testable import Pipeline

@Suite("Calling providers", .timeLimit(.minutes(1)))
struct DispatchTests {
    private static let good: ScriptedServer.Script = { try await $0.respond(body: DispatchFixture.answer) }

    @Test("A whole answer comes back as it was sent, with model, usage and the attempt")
    func whole() async throws {
        try await DispatchFixture.run(scripts: [Self.good]) { fixture in
            let call = try await fixture.call()
            let answer = try #require(call.whole)
            #expect(String(buffer: answer.json) == DispatchFixture.answer)
            #expect(answer.model == "served")
            #expect(answer.usage == TokenUsage(promptTokens: 3, completionTokens: 4))
            #expect(call.results == ["t0 ok"])
            #expect(call.attempts[0].firstByte ?? .zero > .zero)
            #expect(fixture.reports == ["t0 answered"])
        }
    }

    @Test("The provider gets the client's body with its own model's name, and its key only if it has one")
    func request() async throws {
        try await DispatchFixture.run(scripts: [{ try await $0.respond(500) }, Self.good]) { fixture in
            _ = try await fixture.call()
            for (index, server) in fixture.servers.enumerated() {
                let request = try #require(server.record.requests.first)
                #expect(request.method == "POST")
                #expect(request.target == "/v1/chat/completions")
                #expect(request.header("content-type") == "application/json")
                #expect(request.header("authorization") == (index == 0 ? "Bearer sk-0" : nil))
                let expected = #"{"model":"m\#(index)","temperature":0.25,"messages":[{"role":"user","content":"q"}]}"#
                #expect(String(decoding: request.body, as: UTF8.self) == expected)
            }
        }
    }

    @Test("What may be better elsewhere moves on to the next target, and the failing one is reported", arguments: [
        (500, [], "", "server_error", "failed"), (503, [], "<html>", "overloaded", "failed"),
        (429, [("retry-after", "7")], "", "rate_limited", "limited 7"), (429, [], "{}", "rate_limited", "limited 10"),
        (429, [], #"{"error":{"code":"insufficient_quota"}}"#, "quota_gone", "limited 300"),
        (401, [], "", "auth", "key refused"), (403, [], "", "auth", ""), (504, [], "", "timeout", "failed"),
        (302, [("location", "http://127.0.0.1:1/")], "", "server_error", "failed"),
        (200, [], "<html>", "malformed_answer", "failed"), (200, [], "", "malformed_answer", "failed"),
        (200, [], #"{"choices":[]}"#, "malformed_answer", "failed"),
        (200, [], #"{"error":{"message":"m"}}"#, "server_error", "failed"),
        (201, [], DispatchFixture.answer, "server_error", "failed"),
    ] as [(Int, [(String, String)], String, String, String)])
    func movesOn(status: Int, headers: [(String, String)], body: String, label: String, report: String) async throws {
        try await DispatchFixture.run(
            scripts: [{ try await $0.respond(status, headers: headers, body: body) }, Self.good]
        ) { fixture in
            let call = try await fixture.call()
            #expect(call.whole?.text == "hi")
            #expect(call.results == ["t0 \(label)", "t1 ok"])
            #expect(fixture.reports == (report.isEmpty ? [] : ["t0 \(report)"]) + ["t1 answered"])
        }
    }

    @Test("What is the request's own fault stops at once, and the provider's words and status pass on", arguments: [
        (400, #"{"error":{"message":"no"}}"#, GatewayErrorCode.providerRefused, 400),
        (422, #"{"detail":"no"}"#, .providerRefused, 422),
        (400, #"{"error":{"code":"context_length_exceeded"}}"#, .contextTooLong, 400),
        (400, #"{"error":{"code":"content_filter"}}"#, .contentRefused, 400),
        // A status that is none of a refusal is not handed to the client.
        (302, #"{"error":{"code":"content_filter"}}"#, .contentRefused, 400),
        (200, #"{"error":{"code":"context_length_exceeded"}}"#, .contextTooLong, 400),
    ])
    func stops(status: Int, body: String, code: GatewayErrorCode, seen: Int) async throws {
        try await DispatchFixture.run(scripts: [{ try await $0.respond(status, body: body) }, Self.good]) { fixture in
            let error = try #require(try await fixture.call().failure)
            #expect(error.code == code)
            #expect(error.status == seen)
            #expect(error.providerAnswer.map { String(buffer: $0.body) } == body)
            #expect(fixture.servers[1].record.requests.isEmpty)
            #expect(fixture.reports.isEmpty)
        }
    }

    @Test("When all targets failed, the last one's kind decides and its words stay inside", arguments: [
        (429, [("retry-after", "9")], GatewayErrorCode.rateLimited, 429, 9), (402, [], .rateLimited, 429, nil),
        (504, [], .providerTimeout, 504, nil), (500, [], .providerFailed, 502, nil),
        (401, [], .providerFailed, 502, nil), (503, [("retry-after", "3")], .providerFailed, 502, 3),
    ] as [(Int, [(String, String)], GatewayErrorCode, Int, Int?)])
    func exhausted(
        status: Int, headers: [(String, String)], code: GatewayErrorCode, seen: Int, wait: Int?
    ) async throws {
        let body = #"{"error":{"message":"host db-7 is down"}}"#
        try await DispatchFixture.run(
            scripts: [{ try await $0.reset() }, { try await $0.respond(status, headers: headers, body: body) }]
        ) { fixture in
            let call = try await fixture.call()
            let error = try #require(call.failure)
            #expect(error.code == code)
            #expect(error.status == seen)
            #expect(error.retryAfter == wait.map { .seconds($0) })
            #expect(error.providerAnswer == nil)
            #expect(!error.message.contains("db-7"))
            #expect(call.attempts.count == 2)
        }
    }

    @Test("A connection that breaks, is cut or stands still is a failure of its own kind")
    func transport() async throws {
        var deadlines = CallDeadlines()
        deadlines.firstByte = .milliseconds(200)
        try await DispatchFixture.run(scripts: [
            { try await $0.close() }, { try await $0.silence() },
            { try await $0.write("HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{\"choices\"", cutAfter: 60) },
            { try await $0.write("SSH-2.0-hello\r\n", cutAfter: 15) },
        ]) { fixture in
            let call = try await fixture.call(deadlines: deadlines)
            #expect(call.results.prefix(3) == ["t0 truncated", "t1 timeout", "t2 truncated"])
            #expect(call.attempts.count == 4)
            #expect(call.failure?.code == .providerFailed)
        }
    }

    @Test("An answer above the limit is refused, and the next target is asked")
    func bodyLimit() async throws {
        let long = DispatchFixture.answer.replacing("hi", with: String(repeating: "x", count: 2_000))
        try await DispatchFixture.run(
            answerBytesLimit: 1_000, scripts: [{ try await $0.respond(body: long) }, Self.good]
        ) { fixture in
            let call = try await fixture.call()
            #expect(call.whole?.text == "hi")
            #expect(call.results == ["t0 transport", "t1 ok"])
        }
    }

    @Test("A refusal whose body never ends is still a refusal")
    func endlessRefusal() async throws {
        let page = String(repeating: "x", count: 100_000)
        try await DispatchFixture.run(scripts: [{ try await $0.respond(500, body: page) }, Self.good]) { fixture in
            let call = try await fixture.call()
            #expect(call.results == ["t0 server_error", "t1 ok"])
        }
    }

    @Test("Cancellation ends the call at once, asks no other target and blames none")
    func cancellation() async throws {
        try await DispatchFixture.run(scripts: [{ try await $0.silence() }, Self.good]) { fixture in
            let task = Task { try await fixture.call() }
            await fixture.servers[0].wait { $0.requests.count == 1 }
            task.cancel()
            let call = try await task.value
            #expect(call.failure?.code == .clientGone)
            #expect(call.results == ["t0 cancelled"])
            await fixture.servers[0].wait { $0.peerCloses == 1 }
            #expect(fixture.servers[1].record.requests.isEmpty)
            #expect(fixture.reports.isEmpty)
        }
    }
}
