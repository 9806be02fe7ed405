import GatewayCore
import Policy
import Testing

@testable import GatewayHTTP

/// `POST /v1/feedback` over the wire.
@Suite("The feedback endpoint", .timeLimit(.minutes(1)))
struct FeedbackRouteTests {
    private typealias Gateway = ServedGateway

    @Test("An id that nobody knows is 404, what cannot be read 400, in the form of the client's errors")
    func refusals() async throws {
        try await Gateway.run { gateway in
            let client = try await WireClient(port: gateway.port)
            let unknown = try await client.ask(
                "POST", "/v1/feedback", body: #"{"request_id":"00","verdict":"good"}"#)
            #expect(unknown.status == 404)
            #expect(unknown.body.contains(#""error":"#) && unknown.body.contains("not_found"))
            let bad = try await client.ask("POST", "/v1/feedback", body: #"{"request_id":"00"}"#)
            #expect(bad.status == 400 && bad.body.contains("invalid_request"))
            let read = try await client.ask("GET", "/v1/feedback")
            #expect(read.status == 405 && read.headers["allow"] == "POST")
        }
    }

    @Test("It needs the key that a completion needs")
    func key() async throws {
        var policy = PolicyConfiguration()
        policy.tenants = [TenantConfiguration(id: TenantID("acme"), keys: [Secret("sk")])]
        try await Gateway.run(policy: policy) { gateway in
            let client = try await WireClient(port: gateway.port)
            let body = #"{"request_id":"00","verdict":"good"}"#
            #expect(try await client.ask("POST", "/v1/feedback", body: body).status == 401)
            let known = try await client.ask(
                "POST", "/v1/feedback", headers: ["authorization: Bearer sk"], body: body)
            #expect(known.status == 404)
        }
    }
}
