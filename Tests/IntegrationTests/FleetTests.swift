import GatewayTesting
import Testing

extension IntegrationTests {
    /// Several replicas over one Redis.
    @Suite("A fleet")
    struct FleetTests {
        private static let question = "How do I cancel an order I have already placed?"
        private static let reworded = "How can I cancel an order that I have already placed?"

        @Test("What one replica stored all serve; the death of one loses nothing; a new one knows everything")
        func replicas() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            var settings = try GatewaySettings(redis, provider: mock.port)
            settings.embedding = GatewaySettings.localEncoder
            let first = try await GatewayProcess(settings)
            let second = try await GatewayProcess(settings)

            let stored = try await first.ask(Self.question)
            #expect(stored.cache == "miss")
            let start = ContinuousClock.now
            let exact = try await second.ask(Self.question)
            #expect(exact.cache == "hit-exact")
            #expect(exact.content == stored.content)
            try await eventually("the second replica serves a paraphrase") {
                try await second.ask(Self.reworded, headers: ["cache-control": "no-store"]).cache == "hit-semantic"
            }
            print("a paraphrase was served by the other replica \(start.duration(to: .now)) after the answer")

            try await first.kill()
            #expect(try await second.ask(Self.question).cache == "hit-exact")
            #expect(try await second.ask(Self.reworded).cache == "hit-semantic")

            #expect(try await second.terminate() == 0)
            let third = try await GatewayProcess(settings)
            try await eventually("the mirror is rebuilt") { try await third.readiness().mirrorComplete }
            #expect(try await third.readiness().mirrorEntries == 1)
            let again = try await third.ask(Self.reworded)
            #expect(again.cache == "hit-semantic")
            #expect(again.content == stored.content)
        }

        @Test("What is deleted in Redis no replica serves, though it still knows the question")
        func deleted() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            var settings = try GatewaySettings(redis, provider: mock.port)
            settings.embedding = GatewaySettings.localEncoder
            let gateway = try await GatewayProcess(settings)
            _ = try await gateway.ask(Self.question)
            try await eventually("the answer is mirrored") { try await gateway.readiness().mirrorEntries == 1 }
            let entries = try redis.cli("--scan", "--pattern", "*:e:*").split(separator: "\n")
            #expect(entries.count == 1)
            for entry in entries { _ = try redis.cli("DEL", String(entry)) }
            let answer = try await gateway.ask(Self.reworded, headers: ["cache-control": "no-store"])
            #expect(answer.cache == "miss")
            #expect(answer.missReason == "expired")
        }
    }
}
