import GatewayTesting
import MockProvider
import Testing

extension IntegrationTests {
    /// How long answers are fresh, in a fleet over a real Redis.
    @Suite("Freshness")
    struct FreshnessTests {
        private static func fleet(
            _ redis: RedisServer, _ port: Int, count: Int, _ change: (inout GatewaySettings) -> Void
        ) async throws -> [GatewayProcess] {
            var settings = try GatewaySettings(redis, provider: port)
            change(&settings)
            var replicas: [GatewayProcess] = []
            for _ in 0..<count { replicas.append(try await GatewayProcess(settings)) }
            return replicas
        }

        private static func refreshes(_ replicas: [GatewayProcess], _ labels: String) async throws -> Double {
            var sum = 0.0
            for replica in replicas { sum += try await replica.metric("refrain_cache_refreshes_total", labels) }
            return sum
        }

        /// Asks all replicas at once, several times each.
        private static func storm(_ replicas: [GatewayProcess], _ question: String) async throws -> [Answer] {
            try await withThrowingTaskGroup(of: Answer.self) { group in
                for replica in replicas {
                    for _ in 0..<8 { group.addTask { try await replica.ask(question) } }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }

        @Test("Of three replicas one asks for a due answer anew, once, however many are served it", arguments: [
            "l1_staleness: 0s", "l1_staleness: 30s",
        ])
        func oncePerExpiry(l1: String) async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let replicas = try await Self.fleet(redis, mock.port, count: 3) {
                $0.cache = "threshold: 0.8, soft_ttl: 1s, soft_ttl_max: 1s, ttl_jitter: 0, refresh_early: 0, \(l1)"
            }
            let question = "How long is an answer fresh?"
            #expect(try await replicas[0].ask(question).cache == "miss")
            for round in 1...3 {
                try await eventually("the answer is due") {
                    // Not one that would make it anew: it leaves nothing behind.
                    let answer = try await replicas[1].ask(question, headers: ["cache-control": "no-store"])
                    return answer["x-refrain-cache-freshness"] == "due"
                }
                #expect(mock.requests == round)
                let answers = try await Self.storm(replicas, question)
                #expect(answers.allSatisfy { $0.cache == "hit-exact" })
                try await eventually("the answer is made anew") {
                    try await Self.refreshes(replicas, "result=\"unchanged\"")
                        + Self.refreshes(replicas, "result=\"uncompared\"")
                        + Self.refreshes(replicas, "result=\"changed\"") == Double(round)
                }
                // Calls for it that lost, or come late, are no calls of a provider.
                #expect(mock.requests == round + 1)
            }
            print("3 expiries, 72 hits of 3 replicas, \(mock.requests - 1) calls")
        }

        @Test("In an outage answers past their life are served and marked; after it new ones, without a restart")
        func outage() async throws {
            let redis = try RedisServer()
            let port = try await ClosedPort.find()
            var mock: Mock? = try await Mock { $0.port = port }
            let replicas = try await Self.fleet(redis, port, count: 2) { settings in
                settings.cache = "threshold: 0.8, ttl: 1s, stale_if_error: 10m"
                settings.routing = "health: {open_min: 100ms, open_max: 200ms, idle_probe: 0s}"
            }
            let question = "Is anybody there?"
            let first = try await replicas[0].ask(question)
            #expect(first.cache == "miss")
            await mock?.stop()
            mock = nil
            for replica in replicas {
                try await eventually("the answer is past its life and stands in") {
                    let answer = try await replica.ask(question)
                    guard answer.cache == "hit-stale" else { return false }
                    #expect(answer.status == 200 && answer.content == first.content)
                    #expect(answer["x-refrain-cache-freshness"] == "stale" && answer["age"] != nil)
                    return true
                }
                #expect(try await replica.ask(question, stream: true).content == first.content)
                #expect(try await replica.ask("Never asked before?").status == 502)
                let unwanted = try await replica.ask(question, headers: ["cache-control": "stale-if-error=0"])
                #expect(unwanted.status == 502)
                #expect(try await replica.metric("refrain_cache_stale_hits_total", "freshness=\"stale\"") >= 2)
            }
            mock = try await Mock { $0.port = port }
            for replica in replicas {
                try await eventually("a provider answers again") {
                    ["miss", "hit-exact"].contains(try await replica.ask(question).cache)
                }
            }
            #expect((mock?.requests ?? 0) >= 1)
        }

        @Test("What was purged does not stand in for a provider, on any replica")
        func purged() async throws {
            let redis = try RedisServer()
            let mock = try await Mock()
            let replicas = try await Self.fleet(redis, mock.port, count: 2) { settings in
                settings.openAdmin()
                settings.cache = "threshold: 0.8, ttl: 1s, stale_if_error: 10m"
            }
            let question = "What is forgotten?"
            _ = try await replicas[0].ask(question, headers: ["x-refrain-cache-tags": "old"])
            await mock.stop()
            for replica in replicas {
                try await eventually("the answer stands in") { try await replica.ask(question).cache == "hit-stale" }
            }
            #expect(try await replicas[0].purge(#""tag":"old""#).status == 200)
            for replica in replicas { #expect(try await replica.ask(question).status == 502) }
        }

        @Test("only-if-cached is answered by the cache or by 504; ages, lives and likeness are what callers want")
        func directives() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let gateway = try await GatewayProcess(GatewaySettings(redis, provider: mock.port))
            let cachedOnly = ["cache-control": "only-if-cached"]
            let none = try await gateway.ask("Is it cached?", headers: cachedOnly)
            #expect(none.status == 504 && none.refusal?.code == "not_cached" && mock.requests == 0)
            for dialect in AskingDialect.allCases {
                let body = dialect.body("Is it cached?", model: "main", stream: false)
                #expect(try await gateway.post(body, to: dialect.path, headers: cachedOnly).status == 504)
            }
            #expect(try await gateway.ask("Is it cached?", headers: ["x-refrain-cache-ttl": "3000"]).cache == "miss")
            let hit = try await gateway.ask("Is it cached?", headers: cachedOnly)
            #expect(hit.cache == "hit-exact" && hit["age"] != nil && hit["x-refrain-cache-freshness"] == nil)
            let fresher = ["cache-control": "only-if-cached, min-fresh=3001"]
            let refused = try await gateway.ask("Is it cached?", headers: fresher)
            #expect(refused.status == 504 && refused.missReason == "not_fresh")
            let young = ["cache-control": "only-if-cached, max-age=600, min-fresh=60"]
            #expect(try await gateway.ask("Is it cached?", headers: young).cache == "hit-exact")
            for (name, value) in [("x-refrain-cache-ttl", "soon"), ("x-refrain-cache-threshold", "2")] {
                let wrong = try await gateway.ask("Is it cached?", headers: [name: value])
                #expect(wrong.status == 400 && wrong.refusal?.param == name)
            }
            let entries = try redis.cli("--scan", "--pattern", "*:e:*").split(separator: "\n").map(String.init)
            let entry = try #require(entries.first)
            let life = try #require(Int(redis.cli("PTTL", entry)))
            // 3000 s less up to a tenth, and the hour for which it may stand in.
            #expect(life <= 6_600_000 && life > 6_200_000)
        }
    }
}
