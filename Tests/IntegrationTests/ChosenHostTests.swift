import GatewayTesting
import Testing

extension IntegrationTests {
    /// Where requests go is the operator's to say.
    @Suite("Hosts that callers name")
    struct ChosenHostTests {
        @Test("No address in a body or a header is one that the gateway calls")
        func addresses() async throws {
            let (redis, mock, stranger) = (try RedisServer(), try await Mock(), try await Mock())
            let gateway = try await GatewayProcess(try GatewaySettings(redis, provider: mock.port))
            let url = "http://127.0.0.1:\(stranger.port)/v1"
            let names = ["base_url", "api_base", "baseURL", "endpoint", "proxy", "litellm_params", "extra_body"]
            let more = names.map { name in
                name.contains("_params") || name.contains("_body")
                    ? #","\#(name)":{"api_base":"\#(url)","base_url":"\#(url)"}"# : #","\#(name)":"\#(url)""#
            }.joined()
            let headers = [
                "base-url": url, "x-base-url": url, "api-base": url, "x-api-base": url, "x-custom-host": url,
                "x-forwarded-host": "127.0.0.1:\(stranger.port)", "x-target-url": url,
            ]
            for model in ["main", "other"] {
                _ = try await gateway.ask("Where to?", model: model, more: more, headers: headers)
            }
            let embedding = Array(#"{"model":"main","input":"Where to?"\#(more)}"#.utf8)
            _ = try await gateway.post(embedding, to: "/v1/embeddings", headers: headers)
            #expect(mock.requests == 3)
            #expect(stranger.requests == 0)
        }
    }
}
