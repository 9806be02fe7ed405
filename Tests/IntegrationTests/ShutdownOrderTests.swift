import GatewayTesting
import Testing

extension IntegrationTests {
    /// What ends in which order.
    @Suite("Order at shutdown")
    struct ShutdownOrderTests {
        @Test("Health turns first, then the listener closes and requests end, then goes what they stand on")
        func order() async throws {
            let redis = try RedisServer()
            let gate = ProceedGate()
            let provider = try await ScriptedServer.start { exchange in
                try await exchange.eventHead()
                try await exchange.delta("One")
                try await gate.wait()
                try await exchange.delta(" two")
                try await exchange.finish()
                try await exchange.done()
            }
            var settings = try GatewaySettings(redis, provider: provider.port)
            settings.embedding = GatewaySettings.localEncoder
            settings.logLevel = "debug"
            settings.server = "drain: 20s, drain_delay: 2s"
            let gateway = try await GatewayProcess(settings)
            let client = try await ClientConnection.open(port: gateway.port)
            try await client.send(Chat.request(Chat.body("To the end?", stream: true)))
            #expect(try await client.head().status == 200)
            var body = try #require(try await client.piece())

            gateway.child.signal(15)
            // Still open, so that whoever sends requests here can learn that they should go elsewhere.
            try await eventually("/readyz says no") { try await gateway.get("/readyz").status == 503 }
            try await eventually("new connections are refused") {
                (try? await ClientConnection.open(port: gateway.port)) == nil
            }
            // The server was told and waits for its request; the rest was not told yet.
            #expect(Self.told(gateway.log) == ["health", "server"])
            gate.proceed()
            while let piece = try await client.piece() { body += piece }
            #expect(Answer(status: 200, headers: [], body: body).content == "One two")
            #expect(try await gateway.child.wait() == 0)
            #expect(
                Self.told(gateway.log)
                    == ["health", "server", "mirror", "scanner", "encoder", "redis", "providers", "loops"])
            await provider.stop()
        }

        /// Which services were told to end, in this order; the server's own parts are left out.
        private static func told(_ log: String) -> [String] {
            let names = ["health", "server", "mirror", "scanner", "encoder", "redis", "providers", "loops"]
            let lines = log.split(separator: "\n").filter { $0.contains("Triggering graceful shutdown") }
            return lines.compactMap { line in
                line.split(separator: " ").last.flatMap { field in names.first { field == "sl-service=\($0)" } }
            }
        }
    }
}
