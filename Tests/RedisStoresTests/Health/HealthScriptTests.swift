import GatewayCore
import GatewayTesting
import RedisClient

import Testing

@testable import RedisStores
@testable import Routing

@Suite("The fleet's health in Redis", .timeLimit(.minutes(2)))
struct HealthScriptTests {
    /// A report with anything in it that a replica may have to tell, in any combination.
    private func report(
        _ generator: inout SeededGenerator, isBusy: Bool, leases: inout [String], rules: HealthRules
    ) -> HealthReport {
        func oneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &generator) == 0 }
        var report = HealthReport(
            deployment: DeploymentID("d\(Int.random(in: 0..<3, using: &generator))"), keyMark: oneIn(4) ? "k2" : "k1")
        report.requests = Int64.random(in: 0...(isBusy ? 30 : 2), using: &generator)
        if oneIn(isBusy ? 2 : 4) { report.failures = Int64.random(in: 1...2, using: &generator) }
        report.requests += oneIn(3) ? 0 : report.failures
        if oneIn(6) { report.requests = -Int64.random(in: 1...4, using: &generator) }
        if oneIn(3) {
            let first: Duration = .microseconds(Int.random(in: 0...900_000, using: &generator))
            let decode: Duration = .milliseconds(Int.random(in: 0...9_000, using: &generator))
            let tokens = Int.random(in: 0...400, using: &generator)
            for _ in 0..<Int.random(in: 1...120, using: &generator) {
                report.latency.add(
                    .answered(
                        timeToFirstToken: oneIn(2) ? first : nil, duration: first + decode, outputTokens: tokens))
            }
            report.answers = 1
        }
        if oneIn(20) { report.limitedMilliseconds = [1, 10_000, 300_000].randomElement(using: &generator) ?? 1 }
        report.hasRecovered = oneIn(8)
        report.isKeyRefused = oneIn(40)
        report.isKeyEnabled = oneIn(10)
        if let lease = leases.randomElement(using: &generator), oneIn(3) {
            report.lease = lease
            report.probe = [.answered, .failed, .released].randomElement(using: &generator)
        } else if oneIn(2) {
            leases = leases.suffix(2) + ["l\(generator.next() % 1_000_000)"]
            report.lease = leases.last ?? ""
            report.claim = oneIn(2) ? .due : .idle
        }
        return report
    }

    /// The times at which something ends, some hit exactly and some by a millisecond missed, beside short ones.
    private func pause(_ generator: inout SeededGenerator) -> Duration {
        let ends = [5_000, 10_000, 20_000, 30_000, 60_000, 120_000, 3_600_000]
        switch Int.random(in: 0..<100, using: &generator) {
        case 0..<60: return .milliseconds([0, 1, 30, 400].randomElement(using: &generator) ?? 0)
        case 60..<99: return .milliseconds(ends[Int.random(in: 0..<6, using: &generator)])
        default: return .milliseconds((ends.randomElement(using: &generator) ?? 0) + 1)
        }
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
                clock.advance(by: pause(&generator))
                let reports = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
                    report(&generator, isBusy: step % 300 >= 150, leases: &leases, rules: rules)
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
                (error as? RoutingStoreError)?.code == .malformed
            }
            server.kill()
            await #expect { try await store.exchange(reports) } throws: { error in
                (error as? RoutingStoreError)?.isRetriable == true
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
