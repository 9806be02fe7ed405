import GatewayCore
import GatewayTesting
import NIOCore
import Policy
import Testing

@testable import GatewayHTTP

/// `POST /v1/explain` over the wire.
@Suite("The explain endpoint", .timeLimit(.minutes(1)))
struct ExplainRouteTests {
    private typealias Gateway = ServedGateway

    @Test("It answers what would happen without calling the provider")
    func answer() async throws {
        try await Gateway.run { gateway in
            let client = try await WireClient(port: gateway.port)
            let reply = try await client.ask("POST", "/v1/explain", body: Gateway.body("q"))
            #expect(reply.status == 200)
            #expect(reply.headers["content-type"] == "application/json")
            let root = try JSONDocument(ByteBuffer(string: reply.body)).root
            #expect(root["model"]?.string == "m")
            #expect(root["cache"]?["exact_hit"]?.bool == false)
            #expect(gateway.provider.record.requests.isEmpty)

            _ = try await client.ask("POST", "/v1/chat/completions", body: Gateway.body("q"))
            let after = try await client.ask("POST", "/v1/explain", body: Gateway.body("q"))
            #expect(after.body.contains(#""exact_hit":true"#))
            #expect(gateway.provider.record.requests.count == 1)
        }
    }

    @Test("It takes POST alone, and refuses what a completion would be refused for")
    func refusals() async throws {
        try await Gateway.run { gateway in
            let client = try await WireClient(port: gateway.port)
            let read = try await client.ask("GET", "/v1/explain")
            #expect(read.status == 405 && read.headers["allow"] == "POST")
            let bad = try await client.ask("POST", "/v1/explain", body: "{")
            #expect(bad.status == 400 && bad.body.contains("invalid_json"))
            let other = Gateway.body("q").replacing(#""model":"m""#, with: #""model":"x""#)
            let unknown = try await client.ask("POST", "/v1/explain", body: other)
            #expect(unknown.status == 404 && unknown.body.contains("model_not_found"))
        }
    }

    @Test("It needs the key that a completion needs")
    func key() async throws {
        var policy = PolicyConfiguration()
        policy.tenants = [TenantConfiguration(id: TenantID("acme"), keys: [Secret("sk")])]
        try await Gateway.run(policy: policy) { gateway in
            let client = try await WireClient(port: gateway.port)
            #expect(try await client.ask("POST", "/v1/explain", body: Gateway.body("q")).status == 401)
            let known = try await client.ask(
                "POST", "/v1/explain", headers: ["authorization: Bearer sk"], body: Gateway.body("q"))
            #expect(known.status == 200)
        }
    }
}
