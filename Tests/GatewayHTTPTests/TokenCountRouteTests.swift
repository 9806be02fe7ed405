import GatewayCore
import GatewayTesting
import Policy
import Routing
import Testing

@testable import GatewayHTTP

@Suite("Counting the tokens of a Messages request", .timeLimit(.minutes(1)))
struct TokenCountRouteTests {
    private typealias Gateway = ServedGateway
    private static let path = "/v1/messages/count_tokens"
    /// 40 bytes of English: ten tokens at four bytes each, and four for the turn.
    private static let body =
        #"{"model":"m","messages":[{"role":"user","content":"How can I cancel an order I made today?!"}]}"#

    private static func ofAnthropic(_ routing: inout RoutingConfiguration) {
        for index in routing.providers.indices { routing.providers[index].api = .anthropic }
        routing.routes[0].targets[0].model = "claude-there"
    }

    @Test("Anthropic's own count is passed on: asked with the client's bytes and headers, and the model's name there")
    func counted() async throws {
        try await Gateway.run(
            routing: Self.ofAnthropic, script: { try await $0.respond(body: #"{"input_tokens":1234}"#) }
        ) { gateway in
            let client = try await WireClient(port: gateway.port)
            let reply = try await client.ask(
                "POST", Self.path, headers: ["anthropic-version: 2023-06-01", "anthropic-beta: some-beta"],
                body: Self.body)
            #expect(reply.status == 200)
            #expect(reply.body == #"{"input_tokens":1234}"#)
            #expect(reply.headers["x-refrain-deployment"] == "p/claude-there")
            let sent = try #require(gateway.provider.record.requests.first)
            #expect(sent.target == "/v1/v1/messages/count_tokens")
            #expect(sent.header("anthropic-beta") == "some-beta")
            #expect(
                String(decoding: sent.body, as: UTF8.self)
                    == Self.body.replacing(#""model":"m""#, with: #""model":"claude-there""#))
            await gateway.lines.wait(for: Gateway.ended, count: 1)
        }
    }

    @Test("Where nobody counts, the count is an estimate, and no provider is asked")
    func estimated() async throws {
        try await Gateway.run { gateway in
            let client = try await WireClient(port: gateway.port)
            let reply = try await client.ask("POST", Self.path, body: Self.body)
            #expect(reply.status == 200)
            #expect(reply.body == #"{"input_tokens":14}"#)
            #expect(reply.headers["x-refrain-deployment"] == nil)
            #expect(gateway.provider.record.requests.isEmpty)
        }
    }

    @Test("A provider that cannot count now is replaced by the estimate", arguments: [404, 429, 500, 529])
    func away(status: Int) async throws {
        try await Gateway.run(
            routing: Self.ofAnthropic, script: { try await $0.respond(status, body: "{}") }
        ) { gateway in
            let client = try await WireClient(port: gateway.port)
            #expect(try await client.ask("POST", Self.path, body: Self.body).body == #"{"input_tokens":14}"#)
            #expect(gateway.provider.record.requests.count == 1)
        }
    }

    @Test("A provider that does not count in the caller's time is not waited for: the estimate comes")
    func late() async throws {
        let gate = ProceedGate()
        try await Gateway.run(routing: Self.ofAnthropic, script: { _ in try await gate.wait() }) { gateway in
            let client = try await WireClient(port: gateway.port)
            let reply = try await client.ask(
                "POST", Self.path, headers: ["x-request-timeout-ms: 50"], body: Self.body)
            #expect(reply.body == #"{"input_tokens":14}"#)
            #expect(gateway.provider.record.requests.count == 1)
        }
    }

    @Test("A provider that finds fault with the request is heard in its own words")
    func refused() async throws {
        let words = #"{"type":"error","error":{"type":"invalid_request_error","message":"tools.0: no"}}"#
        try await Gateway.run(
            routing: Self.ofAnthropic, script: { try await $0.respond(400, body: words) }
        ) { gateway in
            let client = try await WireClient(port: gateway.port)
            let reply = try await client.ask("POST", Self.path, body: Self.body)
            #expect(reply.status == 400)
            #expect(reply.body == words)
        }
    }

    @Test(
        "What is wrong is told in Anthropic's form",
        arguments: [
            (#"{"model":"m"}"#, 400, "invalid_request_error"), ("{", 400, "invalid_request_error"),
            (#"{"model":"absent","messages":[{"role":"user","content":"a"}]}"#, 404, "not_found_error"),
        ])
    func wrong(body: String, status: Int, type: String) async throws {
        try await Gateway.run { gateway in
            let client = try await WireClient(port: gateway.port)
            let reply = try await client.ask("POST", Self.path, body: body)
            #expect(reply.status == status)
            let root = try JSONDocument(reply.body).root
            #expect(root["type"]?.string == "error")
            #expect(root["error"]?["type"]?.string == type)
        }
    }

    @Test("Who has no key gets Anthropic's error, and a GET is not taken")
    func admission() async throws {
        var policy = PolicyConfiguration()
        policy.tenants = [TenantConfiguration(id: TenantID("t"), keys: [Secret("sk-right")])]
        try await Gateway.run(policy: policy) { gateway in
            let client = try await WireClient(port: gateway.port)
            let reply = try await client.ask("POST", Self.path, body: Self.body)
            #expect(reply.status == 401)
            #expect(try JSONDocument(reply.body).root["error"]?["type"]?.string == "authentication_error")
            let known = try await client.ask("POST", Self.path, headers: ["x-api-key: sk-right"], body: Self.body)
            #expect(known.status == 200)
            #expect(try await client.ask("GET", Self.path).status == 405)
        }
    }

    @Test("Anthropic's clients get the models in their form, and a missing one as their error")
    func models() async throws {
        try await Gateway.run { gateway in
            let client = try await WireClient(port: gateway.port)
            let version = ["anthropic-version: 2023-06-01"]
            let list = try JSONDocument(try await client.ask("GET", "/v1/models", headers: version).body).root
            #expect(list["data"]?.elements.map { $0["id"]?.string } == ["m", "org/model:7b"])
            #expect(list["data"]?.elements.allSatisfy { $0["type"]?.string == "model" } == true)
            #expect(list["first_id"]?.string == "m")
            #expect(list["last_id"]?.string == "org/model:7b")
            #expect(list["has_more"]?.bool == false)
            let one = try JSONDocument(try await client.ask("GET", "/v1/models/m", headers: version).body).root
            #expect(one["type"]?.string == "model")
            #expect(one["display_name"]?.string == "m")
            #expect(one["created_at"]?.string == "1970-01-01T00:00:00Z")
            let none = try await client.ask("GET", "/v1/models/absent", headers: version)
            #expect(none.status == 404)
            #expect(try JSONDocument(none.body).root["error"]?["type"]?.string == "not_found_error")
        }
    }
}
