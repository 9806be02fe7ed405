import GatewayTesting
import Testing

extension IntegrationTests {
    /// What the gateway asks of providers by itself.
    @Suite("Probes", .timeLimit(.minutes(1)))
    struct ProbeTests {
        @Test("A target of which nothing was heard for a while is asked for its models")
        func idle() async throws {
            let redis = try RedisServer()
            let provider = try await ScriptedServer.start { try await $0.respond(body: #"{"data":[]}"#) }
            var settings = try GatewaySettings(redis, provider: provider.port)
            settings.routes = [("main", ["first"])]
            settings.routing = "health: {idle_probe: 1h}"
            do {
                let quiet = try await GatewayProcess(settings)
                #expect(try await quiet.ask("Anyone there?").status == 502)
                #expect(provider.record.requests.map(\.method) == ["POST"])
            }
            settings.routing = "health: {idle_probe: 300ms}"
            let probing = try await GatewayProcess(settings)
            await provider.wait { $0.requests.contains { $0.method == "GET" } }
            let request = try #require(provider.record.requests.first { $0.method == "GET" })
            #expect(request.target == "/v1/models")
            #expect(try await probing.send("GET", "/livez", body: [], headers: [:]).status == 200)
            await provider.stop()
        }
    }
}
