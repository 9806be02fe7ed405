import Foundation
import GatewayTesting
import NIOConcurrencyHelpers
import Testing

extension IntegrationTests {
    /// Three replicas are asked and told to forget while they, Redis and its log die and come back.
    @Suite("Coherence")
    struct CoherenceTests {
        private static let groups = 12
        private static let questions = 4
        private static let clients = 12

        /// `make coherence` asks for many more.
        private static let wanted =
            ProcessInfo.processInfo.environment["REFRAIN_COHERENCE_REQUESTS"].flatMap { Int($0) } ?? 4_000

        /// Requests of one story: each has its own fleet, and must end within the time limit of a test.
        private static let longest = 20_000
        private static let stories = 0..<max(1, wanted / longest)

        /// The replicas that run; a dead one is nil.
        private let fleet = NIOLockedValueBox<[GatewayProcess?]>([nil, nil, nil])

        private func replica(_ number: Int) -> GatewayProcess? {
            fleet.withLockedValue { fleet in fleet[number % fleet.count] ?? fleet.compactMap { $0 }.first }
        }

        @Test("What was purged anywhere is served nowhere after the purge was acknowledged, whoever dies meanwhile",
              arguments: stories)
        func hammer(number: Int) async throws {
            // Written before it is acknowledged: what is purged stays purged when Redis is killed.
            let redis = try RedisServer(arguments: ["--appendonly", "yes"])
            let story = PurgeStory(groups: Self.groups, wanted: min(Self.wanted, Self.longest))
            let provider = try await ScriptedServer.start { exchange in
                let group = Int(exchange.request.text(after: "Group ").prefix { $0.isNumber }) ?? 0
                let edition = story.edition(of: group)
                // Some answers are long under way while their group is purged.
                if Int.random(in: 0..<4) == 0 { await story.pass(Int.random(in: 1...30)) }
                try await exchange.complete("edition \(edition).")
            }
            var settings = try GatewaySettings(redis, provider: provider.port)
            settings.redis = "command_timeout: 300ms, reconnect_max: 100ms"
            settings.logLevel = "notice"
            settings.openAdmin()
            for number in 0..<3 {
                let gateway = try await GatewayProcess(settings)
                fleet.withLockedValue { $0[number] = gateway }
            }
            let start = ContinuousClock.now
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<Self.clients { group.addTask { await self.ask(number, story) } }
                for number in 0..<2 { group.addTask { await self.purge(number, story) } }
                group.addTask { [settings] in try await self.disturb(redis, settings, story) }
                try await group.waitForAll()
            }
            print(
                """
                coherence \(number + 1) of \(Self.stories.count): \(story.answers) answers by 3 replicas, \
                \(story.hits) of them hits, \(story.purges) purges \
                acknowledged, \(story.failures) requests cut by kills, \(story.violations.count) served after \
                acknowledgement, in \(start.duration(to: .now))
                """)
            #expect(story.violations.prefix(5) == [])
            #expect(story.hits > story.answers / 10)
            #expect(story.purges > 5)
        }

        /// How a group's questions are marked and forgotten: by tag, namespace or person.
        private static func marks(_ group: Int) -> (headers: [String: String], more: String, order: String) {
            switch group % 3 {
            case 0: (["x-refrain-cache-tags": "g\(group)"], "", "\"tag\":\"g\(group)\"")
            case 1: (["x-refrain-cache-namespace": "g\(group)"], "", "\"namespace\":\"g\(group)\"")
            default: ([:], ",\"user\":\"g\(group)\"", "\"principal\":\"g\(group)\"")
            }
        }

        private func ask(_ number: Int, _ story: PurgeStory) async {
            var turn = number
            while !story.isOver {
                guard let gateway = replica(turn), let connection = try? await ClientConnection.open(port: gateway.port)
                else {
                    await story.pass(1)
                    continue
                }
                turn += 1
                do {
                    // Some on each connection, so that clients move between replicas.
                    for _ in 0..<50 where !story.isOver {
                        let group = Int.random(in: 0..<Self.groups)
                        let marks = Self.marks(group)
                        let body = Chat.body(
                            "Group \(group) question \(Int.random(in: 0..<Self.questions))", more: marks.more)
                        let floor = story.floor(of: group)
                        try await connection.send(
                            Chat.request("POST", "/v1/chat/completions", body: body, headers: marks.headers))
                        let answer = try await connection.answer()
                        let edition = Int(answer.content.drop { !$0.isNumber }.prefix { $0.isNumber })
                        if answer.status == 200 {
                            story.answered(
                                group, edition: edition, floor: floor, isHit: answer.cache?.hasPrefix("hit") == true,
                                "\(answer.content) (\(answer.cache ?? "?"))")
                        } else {
                            story.failed()
                        }
                    }
                    try await connection.close()
                } catch {
                    story.failed()
                }
            }
        }

        private func purge(_ number: Int, _ story: PurgeStory) async {
            while !story.isOver {
                let group = Int.random(in: 0..<Self.groups)
                let edition = story.publish(group)
                // Until somebody has acknowledged it.
                while !story.isOver {
                    let gateway = replica(Int.random(in: 0..<3))
                    if let answer = try? await gateway?.purge(Self.marks(group).order), answer.status == 200 {
                        story.acknowledged(group, edition: edition)
                        break
                    }
                    await story.pass(1)
                }
                await story.pass(Int.random(in: 10...100))
            }
        }

        /// Kills replicas and Redis and trims the log, a few times over the whole story.
        private func disturb(_ redis: RedisServer, _ settings: GatewaySettings, _ story: PurgeStory) async throws {
            let events = 12
            for event in 0..<events {
                let due = story.wanted * (event + 1) / (events + 1)
                try await eventually("the story goes on", within: .seconds(600)) { story.answers >= due }
                switch event % 4 {
                case 0:
                    let number = event / 4 % 3
                    let old = fleet.withLockedValue { fleet in
                        defer { fleet[number] = nil }
                        return fleet[number]
                    }
                    try await old?.kill()
                    let fresh = try await GatewayProcess(settings)
                    fleet.withLockedValue { $0[number] = fresh }
                case 1:
                    let script =
                        "for _, key in ipairs(redis.call('KEYS', '*:log')) do redis.call('XTRIM', key, 'MAXLEN', 0) end"
                    _ = try redis.cli("EVAL", script, "0")
                case 2:
                    redis.kill()
                    try redis.start()
                default:
                    redis.pause()
                    // Longer than commands wait: without it some requests are answered by the provider alone.
                    let before = story.answers
                    try await eventually("requests go past Redis") { story.answers > before + 50 || story.isOver }
                    redis.resume()
                }
            }
        }
    }
}
