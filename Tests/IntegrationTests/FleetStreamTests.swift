import GatewayTesting
import Testing

extension IntegrationTests {
    /// One provider stream for clients of several replicas.
    @Suite("Streams over the fleet")
    struct FleetStreamTests {
        @Test("A client of another replica reads a stream while it comes, and one provider call answers both")
        func read() async throws {
            let redis = try RedisServer()
            let gate = ProceedGate()
            let provider = try await ScriptedServer.start { exchange in
                try await exchange.eventHead()
                try await exchange.opening()
                for piece in ["One", " two", " three"] {
                    try await gate.wait()
                    try await exchange.delta(piece)
                }
                try await exchange.finish("stop")
                try await exchange.done()
            }
            let settings = try GatewaySettings(redis, provider: provider.port)
            let (first, second) = (try await GatewayProcess(settings), try await GatewayProcess(settings))
            async let led = first.ask("How far?", stream: true)
            await provider.wait { $0.requests.count == 1 }
            let connection = try await ClientConnection.open(port: second.port)
            let body = Chat.body("How far?", stream: true)
            try await connection.send(Chat.request("POST", "/v1/chat/completions", body: body, headers: [:]))
            gate.proceed()
            // The provider says no more before this has come.
            #expect(try await connection.head().status == 200)
            var text = ""
            while !text.contains("One"), let piece = try await connection.piece() {
                text += String(decoding: piece, as: UTF8.self)
            }
            #expect(text.contains("One"))
            gate.proceed(2)
            while let piece = try await connection.piece() { text += String(decoding: piece, as: UTF8.self) }
            #expect(text.contains(" three") && text.contains("[DONE]"))
            #expect(try await led.content == "One two three")
            #expect(provider.record.requests.count == 1)
            try? await connection.close()
            await provider.stop()
        }
    }
}
