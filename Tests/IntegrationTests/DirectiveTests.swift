import GatewayTesting
import Testing

extension IntegrationTests {
    /// What callers may say about the cache, and how long answers live.
    @Suite("Directives")
    struct DirectiveTests {
        @Test("no-store keeps an answer out; no-cache passes the cache by, and stores")
        func cacheControl() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let gateway = try await GatewayProcess(GatewaySettings(redis, provider: mock.port))
            let kept = try await gateway.ask("What is kept?", headers: ["cache-control": "no-store"])
            #expect(kept.cache == "miss")
            #expect(try redis.answerKeys() == 0)
            #expect(try await gateway.ask("What is kept?").cache == "miss")
            #expect(try await gateway.ask("What is kept?").cache == "hit-exact")

            let fresh = try await gateway.ask("What is kept?", headers: ["cache-control": "no-cache"])
            #expect(fresh.cache == "bypass")
            #expect(mock.requests == 3)
            let other = try await gateway.ask("What is fresh?", headers: ["cache-control": "no-cache"])
            #expect(other.cache == "bypass")
            #expect(try await gateway.ask("What is fresh?").cache == "hit-exact")
        }

        @Test("The mode off neither looks up nor stores; an unknown mode is refused")
        func modes() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let gateway = try await GatewayProcess(GatewaySettings(redis, provider: mock.port))
            for _ in 0..<2 {
                let answer = try await gateway.ask("Off?", headers: ["x-refrain-cache-mode": "off"])
                #expect(answer.cache == "bypass")
                #expect(answer.missReason == "caller_bypass")
            }
            #expect(try redis.answerKeys() == 0)
            let unknown = try await gateway.ask("Off?", headers: ["x-refrain-cache-mode": "on"])
            #expect(unknown.status == 400)
            #expect(unknown.refusal?.param == "x-refrain-cache-mode")
        }

        @Test("The mode exact is served the same question only")
        func exactOnly() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            var settings = try GatewaySettings(redis, provider: mock.port)
            settings.embedding = GatewaySettings.localEncoder
            let gateway = try await GatewayProcess(settings)
            _ = try await gateway.ask("How do I cancel an order I have already placed?")
            try await eventually("the answer is mirrored") { try await gateway.readiness().mirrorEntries == 1 }
            let reworded = "How can I cancel an order that I have already placed?"
            let exact = try await gateway.ask(reworded, headers: [
                "x-refrain-cache-mode": "exact", "cache-control": "no-store",
            ])
            #expect(exact.cache == "miss")
            #expect(exact.missReason == "exact_only")
            #expect(try await gateway.ask(reworded).cache == "hit-semantic")
        }

        @Test("An answer whose time is over is not served any more")
        func expiry() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            var settings = try GatewaySettings(redis, provider: mock.port)
            settings.cache = "ttl: 1s"
            let gateway = try await GatewayProcess(settings)
            #expect(try await gateway.ask("For how long?").cache == "miss")
            try await eventually("the answer expires") { try await gateway.ask("For how long?").cache == "miss" }
            #expect(mock.requests == 2)
        }
    }
}
