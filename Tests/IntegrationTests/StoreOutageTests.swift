import GatewayTesting
import NIOConcurrencyHelpers
import Testing

extension IntegrationTests {
    /// Redis stops or dies while requests come in.
    @Suite("Without Redis")
    struct StoreOutageTests {
        /// What twenty clients got.
        private final class Tally: Sendable {
            private struct Counts {
                var answers = 0
                var wrong: [String] = []
                var slowest = Duration.zero
                var isOver = false
            }

            private let counts = NIOLockedValueBox(Counts())

            func count(_ answer: Answer, after time: Duration) {
                counts.withLockedValue { counts in
                    counts.answers += 1
                    counts.slowest = max(counts.slowest, time)
                    if answer.status != 200 || !answer.content.hasPrefix("You asked:") {
                        counts.wrong.append("\(answer.status) \(answer.text.prefix(200))")
                    }
                }
            }

            func fail(_ error: any Error) { counts.withLockedValue { $0.wrong.append("\(error)") } }
            func finish() { counts.withLockedValue { $0.isOver = true } }
            var answers: Int { counts.withLockedValue { $0.answers } }
            var slowest: Duration { counts.withLockedValue { $0.slowest } }
            var wrong: [String] { counts.withLockedValue { $0.wrong } }
            var isOver: Bool { counts.withLockedValue { $0.isOver } }
        }

        /// Twenty clients, each asking one question after the other until told to stop.
        private func load(on gateway: GatewayProcess, tally: Tally) async {
            await withTaskGroup(of: Void.self) { group in
                for client in 0..<20 {
                    group.addTask {
                        do {
                            let connection = try await ClientConnection.open(port: gateway.port)
                            var number = 0
                            while !tally.isOver {
                                let body = Chat.body("Client \(client) number \(number % 7)")
                                let start = ContinuousClock.now
                                try await connection.send(Chat.request(body))
                                tally.count(try await connection.answer(), after: start.duration(to: .now))
                                number += 1
                            }
                            try await connection.close()
                        } catch {
                            tally.fail(error)
                        }
                    }
                }
            }
        }

        private func expectOutage(
            _ gateway: GatewayProcess, begin: () -> Void, end: () throws -> Void
        ) async throws {
            let tally = Tally()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await self.load(on: gateway, tally: tally) }
                defer { tally.finish() }
                try await eventually("the load runs") { tally.answers > 200 }
                begin()
                try await eventually("the outage is noticed") { try await !gateway.readiness().redis }
                let before = tally.answers
                try await eventually("requests are answered without Redis") { tally.answers > before + 200 }
                try end()
                try await eventually("Redis is used again") { try await gateway.readiness().redis }
                let after = tally.answers
                try await eventually("requests are answered again") { tally.answers > after + 200 }
                try await eventually("there are hits again") {
                    try await gateway.ask("Client 0 number 0").cache == "hit-exact"
                }
            }
            #expect(tally.wrong == [])
            print("\(tally.answers) answers, \(tally.wrong.count) of them wrong, the slowest after \(tally.slowest)")
        }

        @Test("Redis that stands still, then goes on: every request is answered, hits come back, one line a change")
        func standstill() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            var settings = try GatewaySettings(redis, provider: mock.port)
            settings.redis =
                "command_timeout: 50ms, stalled_after_timeouts: 10, connect_timeout: 500ms, reconnect_max: 200ms"
            let gateway = try await GatewayProcess(settings)
            try await expectOutage(gateway, begin: redis.pause, end: redis.resume)
            expectQuiet(gateway)
        }

        @Test("Redis that dies and is started again: every request is answered, hits come back, one line a change")
        func death() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            var settings = try GatewaySettings(redis, provider: mock.port)
            settings.redis = "command_timeout: 250ms, reconnect_max: 200ms"
            let gateway = try await GatewayProcess(settings)
            try await expectOutage(gateway, begin: redis.kill, end: redis.start)
            expectQuiet(gateway)
        }

        @Test("A gateway that starts without Redis serves, and uses Redis when it is there")
        func coldStart() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            redis.kill()
            let gateway = try await GatewayProcess(
                GatewaySettings(redis, provider: mock.port), awaitsRedis: false)
            let answer = try await gateway.ask("Without?")
            #expect(answer.status == 200)
            #expect(answer.missReason == "store_down")
            try redis.start()
            try await eventually("hits") { try await gateway.ask("With?").cache == "hit-exact" }
        }

        /// One line per change, whatever the load.
        private func expectQuiet(_ gateway: GatewayProcess) {
            let (lost, found) = (gateway.logLines(with: "Redis is away"), gateway.logLines(with: "connected to Redis"))
            #expect(lost == 1)
            #expect(found == 2)
            let lines = gateway.log.split(separator: "\n").count
            #expect(lines < 40, "\(gateway.log)")
        }
    }
}
