import GatewayTesting
import NIOConcurrencyHelpers
import Testing

extension IntegrationTests {
    /// Redis has less memory than there are answers.
    @Suite("Eviction")
    struct EvictionTests {
        private static let questions = 2_400
        private static let workers = 4

        private static func question(_ number: Int) -> String {
            "What does ticket number \(number) cost on a holiday?"
        }

        /// Every third is one of a few large ones, which entries share.
        @Sendable private static func answer(to number: Int) -> String {
            guard number % 3 == 0 else { return "Ticket \(number) costs \(number * 7) crowns." }
            return (0..<40).map { "Group \(number % 30), line \($0): see the list of prices." }.joined(separator: " ")
        }

        @Test("With maxmemory and LFU eviction under load: no error, no wrong answer, and the mirror follows")
        func evicted() async throws {
            let redis = try RedisServer(arguments: ["--maxmemory", "5mb", "--maxmemory-policy", "allkeys-lfu"])
            let provider = try await ScriptedServer.start { exchange in
                let number = Int(exchange.request.text(after: "number ").prefix(while: \.isNumber)) ?? 0
                try await exchange.complete(Self.answer(to: number))
            }
            var settings = try GatewaySettings(redis, provider: provider.port)
            settings.embedding = GatewaySettings.localEncoder
            let gateway = try await GatewayProcess(settings)
            let (hits, wrong) = (NIOLockedValueBox(0), NIOLockedValueBox<[String]>([]))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<Self.workers {
                    group.addTask {
                        var generator = SeededGenerator(seed: UInt64(worker))
                        for number in stride(from: worker, to: Self.questions, by: Self.workers) {
                            // A new one, and one from before: mostly of the few that all ask for.
                            let asked = Int.random(in: 0...9, using: &generator) < 7
                                ? Int.random(in: 0...min(number, 40), using: &generator)
                                : Int.random(in: 0...number, using: &generator)
                            for number in [number, asked] {
                                let answer = try await gateway.ask(Self.question(number))
                                if answer.status != 200 || answer.content != Self.answer(to: number) {
                                    wrong.withLockedValue { $0.append("\(number): \(answer.text)") }
                                }
                                if answer.cache == "hit-exact" { hits.withLockedValue { $0 += 1 } }
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(wrong.withLockedValue { $0 } == [])
            let evicted = try redis.cli("INFO", "stats").split(whereSeparator: \.isNewline)
                .first { $0.hasPrefix("evicted_keys:") }.flatMap { Int($0.dropFirst(13)) } ?? 0
            #expect(evicted > Self.questions / 10, "\(evicted) keys were evicted: too few to tell anything")
            #expect(hits.withLockedValue { $0 } > Self.questions / 10)
            #expect(try await gateway.metric("refrain_cache_miss_total", "store_down") == 0)
            #expect(try await gateway.metric("refrain_cache_write_total", "store_down") == 0)
            #expect(gateway.logLines(with: "error") == 0, "\(gateway.log)")

            // Nothing asks meanwhile: what is gone is found by the mirror's own walk.
            try await eventually("the mirror holds what Redis holds", within: .seconds(75)) {
                let entries = try redis.cli("EVAL", "return #redis.call('KEYS', 'rf:{*}:e:*')", "0")
                return try await gateway.readiness().mirrorEntries == Int(entries)
            }
            let left = try await gateway.readiness().mirrorEntries
            let incomplete = Int(try await gateway.metric("refrain_cache_entries_skipped_total", "incomplete"))
            print(
                "eviction: \(2 * Self.questions) requests, \(hits.withLockedValue { $0 }) hits,",
                "\(evicted) keys evicted, \(left) entries left and mirrored,",
                "\(incomplete) met without their shared answer")
        }
    }
}
