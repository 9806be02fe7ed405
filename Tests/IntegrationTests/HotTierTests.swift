import GatewayTesting
import NIOConcurrencyHelpers
import Testing

extension IntegrationTests {
    /// Answers that are served from a gateway's memory without asking Redis.
    @Suite("Hot answers")
    struct HotTierTests {
        private static let question = "How long does delivery take?"

        private static func hits(of gateway: GatewayProcess) async throws -> Double {
            try await gateway.metric("refrain_l1_lookups_total", "result=\"hit\"")
        }

        /// Asks until the answer comes from memory: the log's word of its saving may drop it once.
        private static func warm(_ gateway: GatewayProcess) async throws {
            try await eventually("an answer is served from memory") {
                let before = try await hits(of: gateway)
                let answer = try await gateway.ask(question)
                let after = try await hits(of: gateway)
                return answer.cache == "hit-exact" && after > before
            }
        }

        private static func forget(_ redis: RedisServer) throws {
            let entries = try redis.cli("--scan", "--pattern", "*:e:*").split(separator: "\n")
            for entry in entries { _ = try redis.cli("DEL", String(entry)) }
        }

        @Test("By default nothing is served from memory: what is gone from Redis is gone at once")
        func strict() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let gateway = try await GatewayProcess(GatewaySettings(redis, provider: mock.port))
            #expect(try await gateway.ask(Self.question).cache == "miss")
            for _ in 0..<3 { #expect(try await gateway.ask(Self.question).cache == "hit-exact") }
            try Self.forget(redis)
            #expect(try await gateway.ask(Self.question).cache == "miss")
            #expect(try await gateway.metric("refrain_l1_lookups_total") == 0)
            #expect(try await gateway.metric("refrain_l1_entries") == 0)
        }

        @Test("With Redis at a standstill both gateways serve what is hot, within the bound and not after it")
        func standstill() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            var settings = try GatewaySettings(redis, provider: mock.port)
            settings.cache = "l1_staleness: 2s"
            settings.redis = "command_timeout: 200ms, reconnect_max: 200ms"
            let gateways = [try await GatewayProcess(settings), try await GatewayProcess(settings)]
            _ = try await gateways[0].ask(Self.question)
            for gateway in gateways {
                var lastCheck = ContinuousClock.now
                // Whether all fits into the bound is up to the machine; what then must hold is not.
                try await eventually("an answer within the bound") {
                    try await eventually("Redis answers") { try await gateway.readiness().redis }
                    try await Self.warm(gateway)
                    redis.pause()
                    lastCheck = .now
                    let answer = try await gateway.ask(Self.question)
                    if answer.cache == "hit-exact" { return true }
                    redis.resume()
                    return false
                }
                // Redis was last heard of before `lastCheck`: a request begun two seconds after it has no answer.
                try await eventually("the bound is over") {
                    let start = ContinuousClock.now
                    let answer = try await gateway.ask(Self.question, headers: ["cache-control": "no-store"])
                    #expect(answer.status == 200)
                    if answer.cache == "hit-exact" {
                        #expect(lastCheck.duration(to: start) < .seconds(2))
                        return false
                    }
                    #expect(answer.missReason == "store_down")
                    return true
                }
                redis.resume()
                try await eventually("hits are back") {
                    try await gateway.ask(Self.question).cache == "hit-exact"
                }
            }
        }

        @Test("What another gateway overwrites is noticed by the change log, long before the bound")
        func overwritten() async throws {
            let redis = try RedisServer()
            let calls = NIOLockedValueBox(0)
            let provider = try await ScriptedServer.start { exchange in
                let call = calls.withLockedValue { calls in
                    calls += 1
                    return calls
                }
                try await exchange.complete("answer \(call)")
            }
            var settings = try GatewaySettings(redis, provider: provider.port)
            settings.cache = "l1_staleness: 60s"
            let (first, second) = (try await GatewayProcess(settings), try await GatewayProcess(settings))
            #expect(try await first.ask(Self.question).content == "answer 1")
            try await Self.warm(first)
            // Its mirror follows the log, or its own word of the first answer may be what drops it.
            try await eventually("the log is followed") { try await first.readiness().mirrorComplete }
            let start = ContinuousClock.now
            let fresh = try await second.ask(Self.question, headers: ["cache-control": "no-cache"])
            #expect(fresh.content == "answer 2")
            #expect(try await second.ask(Self.question).content == "answer 2")
            try await eventually("the first serves the new answer", within: .seconds(50)) {
                try await first.ask(Self.question).content == "answer 2"
            }
            print("the first gateway served the new answer \(start.duration(to: .now)) after it was made")
        }

        @Test("What is deleted in Redis by hand, which no log tells of, is served for the bound at most")
        func deletedByHand() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            var settings = try GatewaySettings(redis, provider: mock.port)
            settings.cache = "l1_staleness: 2s"
            let gateway = try await GatewayProcess(settings)
            _ = try await gateway.ask(Self.question)
            try await Self.warm(gateway)
            try Self.forget(redis)
            let gone = ContinuousClock.now
            try await eventually("it is gone from memory") {
                let start = ContinuousClock.now
                let answer = try await gateway.ask(Self.question, headers: ["cache-control": "no-store"])
                if answer.cache == "hit-exact" { #expect(gone.duration(to: start) < .seconds(2)) }
                return answer.cache == "miss"
            }
        }
    }
}
