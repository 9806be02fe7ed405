import GatewayTesting
import MockProvider
import Testing

extension IntegrationTests {
    /// Many misses at once over several replicas.
    @Suite("A stampede")
    struct StampedeTests {
        /// Each group asks one thing.
        private static let groups = [
            ["How do I cancel an order I have already placed?", "How can I cancel an order that I have already placed?"],
            ["What is your refund policy?", "What is the refund policy?"],
            ["How do I reset my password?", "How can I reset my password?"],
            ["Where can I download my invoice?", "Where do I download my invoice?"],
            ["How do I change my delivery address?", "How can I change my delivery address?"],
            ["Do you ship to Norway?", "Do you also ship to Norway?"],
            ["How do I close my account?", "How can I close my account?"],
            ["Which payment methods do you accept?", "What payment methods do you accept?"],
            ["How long is the warranty on a laptop?", "How long is the warranty for a laptop?"],
            ["How do I contact customer support?", "How can I contact customer support?"],
        ]

        private static func fleet(
            _ redis: RedisServer, _ mock: Mock, count: Int = 3, encoder: Bool = true, cache: String = "threshold: 0.8"
        ) async throws -> [GatewayProcess] {
            var settings = try GatewaySettings(redis, provider: mock.port)
            settings.cache = cache
            // A thousand requests at once keep a busy machine for seconds: what is late is not what is tested.
            settings.redis = "command_timeout: 20s, reconnect_max: 200ms"
            if encoder { settings.embedding = "provider: local, model_dir: \"\(Place.model)\", deadline: 20s" }
            var fleet: [GatewayProcess] = []
            for _ in 0..<count { fleet.append(try await GatewayProcess(settings)) }
            return fleet
        }

        @Test("1,000 requests of 10 paraphrase groups at once, cold, on 3 replicas, cost at most 12 provider calls")
        func paraphrases() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock { $0.behavior.latency = .milliseconds(300) })
            let fleet = try await Self.fleet(redis, mock)
            let start = ContinuousClock.now
            let answers = try await withThrowingTaskGroup(of: (group: Int, answer: Answer).self) { tasks in
                for number in 0..<1000 {
                    let group = number % Self.groups.count
                    let question = Self.groups[group][number / 10 % 2]
                    tasks.addTask { (group, try await fleet[number / 20 % 3].ask(question, stream: number % 7 == 0)) }
                }
                return try await tasks.reduce(into: [(group: Int, answer: Answer)]()) { $0.append($1) }
            }
            print("1,000 requests took \(start.duration(to: .now)) and \(mock.requests) provider calls")
            #expect(mock.requests <= Self.groups.count + 2)
            #expect(answers.count == 1000 && answers.allSatisfy { $0.answer.status == 200 })
            for group in Self.groups.indices {
                let contents = Set(answers.filter { $0.group == group }.map(\.answer.content))
                // The mock repeats what it was asked: an answer of another group would show.
                #expect(contents.allSatisfy { content in Self.groups[group].contains { content.contains($0) } })
                #expect(!contents.contains(""))
            }
            let outcomes = Dictionary(grouping: answers) { $0.answer.cache ?? "" }.mapValues(\.count)
            print("outcomes: \(outcomes)")
            #expect(outcomes["miss"] == mock.requests)
            #expect((outcomes["coalesced"] ?? 0) > 0)
        }

        @Test("Without an encoder equal questions on several replicas cost one call")
        func equal() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock { $0.behavior.latency = .milliseconds(500) })
            let fleet = try await Self.fleet(redis, mock, encoder: false)
            let answers = try await withThrowingTaskGroup(of: Answer.self) { tasks in
                for number in 0..<60 { tasks.addTask { try await fleet[number % 3].ask("What is new?") } }
                return try await tasks.reduce(into: [Answer]()) { $0.append($1) }
            }
            #expect(mock.requests == 1)
            #expect(answers.count { $0.cache == "miss" } == 1)
            #expect(Set(answers.map(\.content)).count == 1)
        }

        @Test("A replica that is killed before its answer is replaced by one that waits", arguments: [false, true])
        func killed(stream: Bool) async throws {
            let mock = try await Mock {
                $0.behavior.latency = stream ? .zero : .seconds(60)
                $0.behavior.tokenPace = stream ? .seconds(1) : .zero
            }
            let redis = try RedisServer()
            let fleet = try await Self.fleet(redis, mock, count: 2, encoder: false, cache: "coalescing_wait: 60s")
            let leader = fleet[0]
            let leading = Task { try? await leader.ask("What is new?", stream: stream) }
            try await eventually("the leader calls") { mock.requests == 1 }
            let following = Task { try await fleet[1].ask("What is new?", headers: ["x-request-timeout-ms": "20000"]) }
            try await eventually("the other waits") {
                try await fleet[1].metric("refrain_coalescing_calls") == 1
            }
            try await leader.kill()
            _ = await leading.value
            try await eventually("the other calls") { mock.requests == 2 }
            following.cancel()
        }

        @Test("With Redis gone each replica still shares its own calls")
        func redisGone() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock { $0.behavior.latency = .milliseconds(500) })
            let gateway = try await Self.fleet(redis, mock, count: 1, encoder: false)[0]
            redis.kill()
            try await eventually("the gateway notices") { try await !gateway.readiness().redis }
            let start = ContinuousClock.now
            let answers = try await withThrowingTaskGroup(of: Answer.self) { tasks in
                for _ in 0..<50 { tasks.addTask { try await gateway.ask("What is new?") } }
                return try await tasks.reduce(into: [Answer]()) { $0.append($1) }
            }
            // Who cannot hear of purges shares for a quarter of a second.
            let moments = Int(start.duration(to: .now) / .milliseconds(250))
            #expect(answers.allSatisfy { $0.status == 200 })
            #expect(mock.requests <= 2 + moments && mock.requests < 50)
        }

        @Test("Coalescing can be left out")
        func off() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock { $0.behavior.latency = .milliseconds(500) })
            let gateway = try await Self.fleet(redis, mock, count: 1, encoder: false, cache: "coalescing: off")[0]
            let answers = try await withThrowingTaskGroup(of: Answer.self) { tasks in
                for _ in 0..<5 { tasks.addTask { try await gateway.ask("What is new?") } }
                return try await tasks.reduce(into: [Answer]()) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.cache == "miss" } && mock.requests == 5)
        }
    }
}
