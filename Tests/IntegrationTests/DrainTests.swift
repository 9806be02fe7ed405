import GatewayTesting
import Testing

extension IntegrationTests {
    /// The end of a gateway that has work in hand.
    @Suite("Drain")
    struct DrainTests {
        @Test("After SIGTERM a stream in flight ends whole, nobody new is let in, and the exit code is 0")
        func drains() async throws {
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
            let gateway = try await GatewayProcess(
                GatewaySettings(redis, provider: provider.port))
            let client = try await ClientConnection.open(port: gateway.port)
            try await client.send(Chat.request(Chat.body("To the end?", stream: true)))
            #expect(try await client.head().status == 200)
            var body = try #require(try await client.piece())

            gateway.child.signal(15)
            try await eventually("new connections are refused") {
                (try? await ClientConnection.open(port: gateway.port)) == nil
            }
            #expect(gateway.child.poll() == nil)
            gate.proceed()
            while let piece = try await client.piece() { body += piece }
            let answer = Answer(status: 200, headers: [], body: body)
            #expect(answer.content == "One two")
            #expect(answer.events.last == "[DONE]")
            #expect(try await gateway.child.wait() == 0)
            // It was kept on the way out.
            #expect(try redis.answerKeys() > 0)
            await provider.stop()
        }

        @Test("Without work, and with idle connections, SIGTERM ends the gateway at once with 0")
        func idle() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let gateway = try await GatewayProcess(GatewaySettings(redis, provider: mock.port))
            let client = try await ClientConnection.open(port: gateway.port)
            try await client.send(Chat.request(Chat.body("Idle?")))
            _ = try await client.answer()
            let start = ContinuousClock.now
            #expect(try await gateway.terminate() == 0)
            print("ended \(start.duration(to: .now)) after SIGTERM")
            await client.awaitClose()
        }

        @Test("What does not end within the drain time is cut, and the exit code is 0 all the same")
        func bound() async throws {
            let redis = try RedisServer()
            let provider = try await ScriptedServer.start { try await $0.silence() }
            var settings = try GatewaySettings(redis, provider: provider.port)
            settings.server = "drain: 1s"
            let gateway = try await GatewayProcess(settings)
            let client = try await ClientConnection.open(port: gateway.port)
            try await client.send(Chat.request(Chat.body("Forever?")))
            await provider.wait { !$0.requests.isEmpty }
            let start = ContinuousClock.now
            let code = try await gateway.terminate()
            #expect(code == 0)
            await client.awaitClose()
            print("ended \(start.duration(to: .now)) after SIGTERM")
            await provider.stop()
        }
    }
}
