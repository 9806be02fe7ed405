import GatewayTesting
import Testing

extension IntegrationTests {
    /// How a stored answer comes to a client that wants a stream.
    @Suite("Replay")
    struct ReplayTests {
        private static let question = "Can I return shoes?"
        private static let text = (1...40).map { "Word \($0) of the answer." }.joined(separator: " ")
        private static let header = "x-refrain-cache-replay-rate"

        @Test("At a pace or at once a stored answer is the same stream; the pace is the caller's, else the operator's")
        func pace() async throws {
            let redis = try RedisServer()
            let provider = try await ScriptedServer.start { try await $0.complete(Self.text) }
            var settings = try GatewaySettings(redis, provider: provider.port)
            // The provider has counted two tokens: a second for the whole.
            settings.cache += ", replay_rate: 2"
            let gateway = try await GatewayProcess(settings)
            #expect(try await gateway.ask(Self.question).cache == "miss")

            let paced = ContinuousClock.now
            let slow = try await gateway.ask(Self.question, stream: true)
            #expect(paced.duration(to: .now) > .milliseconds(900))
            let atOnce = try await gateway.ask(Self.question, stream: true, headers: [Self.header: "0"])
            let quick = try await gateway.ask(Self.question, stream: true, headers: [Self.header: "10000"])
            let whole = try await gateway.ask(Self.question)
            for answer in [slow, atOnce, quick, whole] {
                #expect(answer.cache == "hit-exact" && answer.content == Self.text)
            }
            #expect(slow.events == atOnce.events && quick.events == atOnce.events)
            #expect(atOnce.events.last == "[DONE]" && atOnce.events.count > 20)
            #expect(atOnce.events.dropLast().last?.contains(#""completion_tokens":2"#) == true)
        }

        @Test("A pace that is none is refused, also where nothing is stored")
        func refused() async throws {
            let redis = try RedisServer()
            let provider = try await ScriptedServer.start { try await $0.complete(Self.text) }
            let gateway = try await GatewayProcess(GatewaySettings(redis, provider: provider.port))
            for rate in ["-1", "1.5", "fast", "10001", "99999999999999999999", "5 5", "+5", "0x10"] {
                let answer = try await gateway.ask(Self.question, headers: [Self.header: rate])
                #expect(answer.status == 400, "\(rate)")
                #expect(answer.refusal?.param == Self.header)
            }
            #expect(try await gateway.ask(Self.question, headers: [Self.header: "10000"]).status == 200)
        }
    }
}
