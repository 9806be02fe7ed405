import GatewayTesting
import Testing

extension IntegrationTests {
    /// A client that does not wait for its answer.
    @Suite("A client that leaves")
    struct ClientGoneTests {
        /// Asks, reads the first piece if told to, leaves, and expects the provider to be left too.
        private func leave(
            stream: Bool, script: @escaping ScriptedServer.Script, reads: Bool
        ) async throws {
            let redis = try RedisServer()
            let provider = try await ScriptedServer.start(script: script)
            let gateway = try await GatewayProcess(
                GatewaySettings(redis, provider: provider.port))
            let client = try await ClientConnection.open(port: gateway.port)
            try await client.send(Chat.request(Chat.body("Still there?", stream: stream)))
            await provider.wait { !$0.requests.isEmpty }
            if reads {
                #expect(try await client.head().status == 200)
                #expect(try await client.piece() != nil)
            }
            let start = ContinuousClock.now
            try await client.close()
            // Well below the provider's idle timeout of 30 s, which would end the call as well.
            try await eventually("the provider is left", within: .seconds(10)) { provider.record.peerCloses == 1 }
            print("the provider was left \(start.duration(to: .now)) after the client had gone")
            try await eventually("the record is written") {
                try await gateway.metric("refrain_requests_total") == 1
            }
            // Counted one after the other, so the second may be a moment behind the first.
            try await eventually("the client is counted", within: .seconds(5)) {
                try await gateway.metric("refrain_client_gone_total") == 1
            }
            #expect(try await gateway.metric("refrain_requests_total") == 1)
            #expect(try await gateway.metric("refrain_errors_total", "upstream_stream_truncated") == 0)
            #expect(try await gateway.metric("refrain_requests_in_flight") == 0)
            #expect(gateway.logLines(with: "exchange ended") == 1)
            #expect(try redis.answerKeys() == 0)
            await provider.stop()
        }

        @Test("A client that leaves before the head ends the provider's call", arguments: [false, true])
        func beforeHead(stream: Bool) async throws {
            try await leave(stream: stream, script: { try await $0.silence() }, reads: false)
        }

        @Test("A client that leaves in mid-stream ends the provider's call, though the provider says nothing more")
        func inSilentStream() async throws {
            try await leave(
                stream: true,
                script: { exchange in
                    try await exchange.eventHead()
                    try await exchange.delta("One")
                    try await exchange.silence()
                }, reads: true)
        }

        @Test("A client that leaves in mid-stream ends the call of a provider that goes on")
        func inBusyStream() async throws {
            try await leave(
                stream: true,
                script: { exchange in
                    try await exchange.eventHead()
                    while true { try await exchange.delta(String(repeating: "more ", count: 100)) }
                }, reads: true)
        }
    }
}
