import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import NIOCore
import RedisClient
import Testing

@testable import RedisStores
@testable import Routing

@Suite("What the fleet learned, in Redis", .timeLimit(.minutes(2)))
struct RedisLearningStoreTests {
    private static let targets = ["p/a", "p/b"].map { DeploymentID($0) }

    private static func sums(_ seed: UInt64) -> LearningSums {
        var generator = SeededGenerator(seed: seed)
        var sums = LearningSums()
        for _ in 0..<3 {
            let point = LearningFeatures((0..<36).map { _ in Float.random(in: -1...1, using: &generator) })
            sums.add(point, score: Double.random(in: 0...1, using: &generator), weight: 1)
        }
        return sums
    }

    private static func report(
        _ replica: String, batch: Int64?, _ sums: [LearningSums?] = [nil, nil], weight: Double = 0
    ) -> LearningReport {
        LearningReport(
            space: "1-ab", route: "auto", replica: replica, batch: batch, halfLife: .seconds(3600),
            targets: zip(targets, sums).map { LearningReport.Target(deployment: $0, sums: $1) },
            teachers: weight > 0 ? [LearningTeacher(TenantID("acme"), of: targets[0]): weight] : [:])
    }

    private static func areNear(_ one: LearningSums?, _ other: LearningSums?) -> Bool {
        guard let one, let other else { return one == nil && other == nil }
        return zip(one.values, other.values).allSatisfy { abs($0 - $1) <= 1e-9 * max(1, abs($0)) }
    }

    @Test("The script adds, fades and repeats as the reference in memory does, for any story", arguments: 1...4)
    func same(seed: UInt64) async throws {
        try await withRedis { _, redis in
            let time = NIOLockedValueBox(UnixTime(milliseconds: 1_700_000_000_000))
            let clock: @Sendable () -> UnixTime = { time.withLockedValue { $0 } }
            let store = RedisLearningStore(redis: redis, now: clock)
            let reference = InMemoryLearningStore(now: clock)
            var generator = SeededGenerator(seed: seed)
            var batches: [String: Int64] = [:]
            for round in 0..<40 {
                time.withLockedValue { $0 = $0 + .seconds(Int.random(in: 0...2_000, using: &generator)) }
                let replica = "r\(Int.random(in: 0..<3, using: &generator))"
                var batch: Int64?
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: batch = nil
                // Told again.
                case 1: batch = batches[replica]
                default: batch = (batches[replica] ?? 0) + 1
                }
                if let batch { batches[replica] = batch }
                let told = [Self.sums(UInt64(round)), Bool.random(using: &generator) ? Self.sums(99) : nil]
                let report = Self.report(replica, batch: batch, batch == nil ? [nil, nil] : told, weight: 2)
                let (found, expected) = (try await store.exchange(report), try await reference.exchange(report))
                #expect(zip(found.targets, expected.targets).allSatisfy(Self.areNear), "round \(round)")
                let teacher = LearningTeacher(TenantID("acme"), of: Self.targets[0])
                #expect(abs((found.teachers[teacher] ?? 0) - (expected.teachers[teacher] ?? 0)) < 1e-9)
            }
        }
    }

    @Test("Both keys end ten half-lives after the last lesson, and share a node of a cluster")
    func keys() async throws {
        try await withRedis { _, redis in
            let store = RedisLearningStore(redis: redis)
            _ = try await store.exchange(Self.report("r", batch: nil))
            #expect(try await redis.send(RedisCommand("DBSIZE")).integer == 0)
            _ = try await store.exchange(Self.report("r", batch: 1, [Self.sums(1), nil], weight: 1))
            for key in ["rf:{ln}:s:1-ab:auto", "rf:{ln}:t:1-ab:auto"] {
                let life = try await redis.send(RedisCommand("PTTL", .string(key))).expectInteger()
                #expect(life > 35_900_000 && life <= 36_000_000, "\(key): \(life)")
            }
        }
    }

    @Test("What something else wrote under its keys is no sum; what cannot be read at all is an error")
    func damaged() async throws {
        try await withRedis { _, redis in
            let store = RedisLearningStore(redis: redis)
            let key = "rf:{ln}:s:1-ab:auto"
            _ = try await redis.send(
                RedisCommand("HSET", .string(key), .string("v:p/a"), .string("short"), .string("a:p/a"), .string("x")))
            _ = try await redis.send(
                RedisCommand(
                    "HSET", .string("rf:{ln}:t:1-ab:auto"), .string("w:odd"), .string("1"), .string("b:q"),
                    .string("z")))
            #expect(try await store.exchange(Self.report("r", batch: nil)).targets == [nil, nil])
            let noise = [UInt8](repeating: 0xFF, count: LearningSums.count * 8)
            _ = try await redis.send(RedisCommand("HSET", .string(key), .string("v:p/b"), .bytes(noise)))
            #expect(try await store.exchange(Self.report("r", batch: nil)).targets == [nil, nil])
            // New lessons take its place.
            let row = try await store.exchange(Self.report("r", batch: 1, [Self.sums(1), nil]))
            #expect(Self.areNear(row.targets[0], Self.sums(1)))
            _ = try await redis.send(RedisCommand("SET", .string(key), .string("1")))
            await #expect { try await store.exchange(Self.report("r", batch: 2)) } throws: { error in
                (error as? RoutingStoreError)?.code == .malformed
            }
        }
    }

    @Test("Replicas that link to one Redis know of each other's lessons, and one that starts later knows them all")
    func fleet() async throws {
        try await withRedis { server, first in
            try await withClient(of: server) { second in
                func learner(_ name: String) -> RouteLearner {
                    let space = LearningSpace(encoder: EncoderIdentity(name: "e", fingerprint: "f", dimension: 4))
                    return RouteLearner(
                        route: "m", rule: LearningRule(), deployments: Self.targets, space: space, replica: name)
                }
                let fleet = ["r1", "r2"].map(learner)
                let links = zip(fleet, [first, second]).map { learner, redis in
                    LearningLink(
                        learners: [learner], store: RedisLearningStore(redis: redis), pause: .milliseconds(5))
                }
                let point = LearningFeatures((0..<36).map { $0 == LearningFeatures.bias ? 1 : 0 })
                func weight(_ learner: RouteLearner) -> Double {
                    Self.targets.reduce(0) { $0 + learner.weight(of: $1, now: .now) }
                }
                await withDiscardingTaskGroup { group in
                    for link in links { group.addTask { await link.run() } }
                    for number in 0..<20 {
                        fleet[number % 2].learn(
                            point, of: Self.targets[number % 2], score: 1, from: .open, now: .now)
                    }
                    do {
                        try await eventually { fleet.allSatisfy { weight($0) > 19.9 } }
                        // Told at the end, when the link is cancelled.
                        fleet[0].learn(point, of: Self.targets[0], score: 1, from: .open, now: .now)
                    } catch { Issue.record(error) }
                    group.cancelAll()
                }
                let late = learner("r3")
                await LearningLink(learners: [late], store: RedisLearningStore(redis: first)).exchange()
                #expect(weight(late) > 20.9 && weight(late) < 21.1)
            }
        }
    }
}
