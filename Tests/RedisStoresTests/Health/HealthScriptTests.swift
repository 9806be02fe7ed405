import GatewayCore
import GatewayTesting
import RedisClient

import Testing

@testable import RedisStores
@testable import Routing

@Suite("The fleet's health in Redis", .timeLimit(.minutes(2)))
struct HealthScriptTests {
    /// A report with anything in it that a replica may have to tell.
    private func report(
        _ generator: inout SeededGenerator, leases: inout [String], rules: HealthRules
    ) -> HealthReport {
        let marks = ["k1", "k1", "k1", "k2"]
        var report = HealthReport(
            deployment: DeploymentID("d\(Int.random(in: 0..<3, using: &generator))"),
            keyMark: marks.randomElement(using: &generator) ?? "")
        let kind = Int.random(in: 0..<12, using: &generator)
        report.requests = Int64.random(in: 0...4, using: &generator)
        switch kind {
        case 0...3:
            let tokens = Int.random(in: 1...400, using: &generator)
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let first: Duration = .microseconds(Int.random(in: 0...900_000, using: &generator))
                let decode: Duration = .milliseconds(Int.random(in: 0...9_000, using: &generator))
                let isStream = Bool.random(using: &generator)
                report.add(
                    .answered(
                        timeToFirstToken: isStream ? first : nil, duration: first + decode, outputTokens: tokens),
                    rules: rules)
            }
        case 4...6:
            report.failures = Int64.random(in: 1...2, using: &generator)
            report.requests += report.failures
        case 7: report.add(.rateLimited(retryAfter: .seconds(Int.random(in: 0...400, using: &generator))), rules: rules)
        case 8: report.requests = -1
        case 9: report.hasRecovered = true
        case 10:
            report.isKeyRefused = Int.random(in: 0..<4, using: &generator) == 0
            report.isKeyEnabled = !report.isKeyRefused && Bool.random(using: &generator)
        default: break
        }
        if let lease = leases.randomElement(using: &generator), Int.random(in: 0..<3, using: &generator) == 0 {
            report.lease = lease
            report.probe = [.answered, .failed, .released].randomElement(using: &generator)
        } else if Bool.random(using: &generator) {
            leases = leases.suffix(2) + ["l\(generator.next() % 1_000_000)"]
            report.lease = leases.last ?? ""
            report.claim = Bool.random(using: &generator) ? .due : .idle
        }
        return report
    }

    @Test("It judges every history as the rules in Swift do", arguments: [11, 12, 13, 14] as [UInt64])
    func sameRules(seed: UInt64) async throws {
        try await withRedis { _, client in
            let clock = SettableClock(UnixTime(milliseconds: 1_763_739_376_123))
            let rules = HealthRules()
            let expected = InMemoryHealthStore(rules: rules) { clock.now }
            let store = RedisHealthStore(redis: client, rules: rules) { clock.now }
            var generator = SeededGenerator(seed: seed)
            var leases: [String] = []
            var seen: Set<String> = []
            for step in 0..<1_500 {
                let pauses = [0, 1, 30, 400, 4_000, 11_000, 70_000, 600_000]
                let pause = pauses[min(Int.random(in: 0..<11, using: &generator), pauses.count - 1)]
                clock.advance(by: .milliseconds(pause == 600_000 && step % 7 != 0 ? 2 : pause))
                let reports = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
                    report(&generator, leases: &leases, rules: rules)
                }
                let rows = try await store.exchange(reports)
                let right = expected.merge(reports)
                guard rows == right else {
                    Issue.record("seed \(seed) step \(step): \(reports) gave \(rows), expected \(right)")
                    return
                }
                for row in rows {
                    seen.insert(row.isOpen ? "open" : "closed")
                    if row.isLeaseGranted { seen.insert("granted") }
                    if row.refusedKeyMark != nil { seen.insert("refused") }
                    if row.limitedMilliseconds > 0 { seen.insert("limited") }
                    if row.recent.decodes > 0 { seen.insert("fast") }
                }
            }
            #expect(seen.count == 6, "\(seen)")
        }
    }

    @Test("Its keys are those the keyspace documents, of one hash tag, small, and gone after two hours")
    func keys() async throws {
        try await withRedis { server, client in
            let store = RedisHealthStore(redis: client)
            var report = HealthReport(deployment: DeploymentID("openai/gpt-4o"), keyMark: "k")
            report.requests = 1
            report.add(
                .answered(timeToFirstToken: .seconds(1), duration: .seconds(2), outputTokens: 50),
                rules: HealthRules())
            _ = try await store.exchange([report])
            #expect(try server.cli("KEYS", "*") == "rf:{rl}:h:openai/gpt-4o")
            let life = try #require(Int(server.cli("PTTL", "rf:{rl}:h:openai/gpt-4o")))
            #expect(life > 7_000_000 && life <= 7_200_000)
            #expect(["listpack", "ziplist"].contains(try server.cli("OBJECT", "ENCODING", "rf:{rl}:h:openai/gpt-4o")))
        }
    }

    @Test("Asking alone writes nothing")
    func reading() async throws {
        try await withRedis { server, client in
            let store = RedisHealthStore(redis: client)
            let rows = try await store.exchange([HealthReport(deployment: DeploymentID("a"), keyMark: "k")])
            #expect(rows == [HealthRow(deployment: DeploymentID("a"))])
            #expect(try server.cli("KEYS", "*") == "")
            #expect(try await store.exchange([]) == [])
        }
    }

    @Test("A key of another type and a store that is gone are told apart; nonsense in a field is no evidence")
    func damage() async throws {
        try await withRedis { server, client in
            let store = RedisHealthStore(redis: client)
            let reports = [HealthReport(deployment: DeploymentID("a"), keyMark: "k")]
            _ = try server.cli(
                "HSET", "rf:{rl}:h:a", "c3", "x:y", "s", "1", "u", "soon", "t1", "1:2", "ep", "-", "fv", "q")
            let row = try #require(try await store.exchange(reports).first)
            #expect(row.isOpen && row.openMilliseconds == 0 && row.requests == 0)
            _ = try server.cli("DEL", "rf:{rl}:h:a")
            _ = try server.cli("SET", "rf:{rl}:h:a", "text")
            await #expect { try await store.exchange(reports) } throws: { error in
                (error as? HealthStoreError)?.code == .malformed
            }
            server.kill()
            await #expect { try await store.exchange(reports) } throws: { error in
                (error as? HealthStoreError)?.isRetriable == true
            }
        }
    }

    @Test("It survives that the server forgets its scripts")
    func scriptFlush() async throws {
        try await withRedis { server, client in
            let store = RedisHealthStore(redis: client)
            var report = HealthReport(deployment: DeploymentID("a"), keyMark: "k")
            report.requests = 1
            _ = try await store.exchange([report])
            _ = try server.cli("SCRIPT", "FLUSH")
            #expect(try await store.exchange([report]).first?.requests == 2)
        }
    }
}
