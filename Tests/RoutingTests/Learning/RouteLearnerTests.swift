import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import Testing

@testable import Routing

@Suite("What replicas learn together")
struct RouteLearnerTests {
    private let a = DeploymentID("a")
    private let b = DeploymentID("b")
    private let start = ContinuousClock.now

    private func learner(_ replica: String = "r", tenants: Int = 1) -> RouteLearner {
        var rule = LearningRule()
        rule.halfLife = .seconds(3600)
        let space = LearningSpace(encoder: EncoderIdentity(name: "e", fingerprint: "f", dimension: 8))
        return RouteLearner(
            route: "m", rule: rule, deployments: [a, b], space: space, replica: replica, tenants: tenants, now: start)
    }

    private func point(_ value: Float = 0.5) -> LearningFeatures {
        var values = [Float](repeating: 0, count: 36)
        values[LearningFeatures.bias] = 1
        values[0] = value
        return LearningFeatures(values)
    }

    private func exchange(_ learner: RouteLearner, _ store: InMemoryLearningStore) async throws {
        let report = try #require(learner.takeReport(now: start))
        learner.apply(try await store.exchange(report), to: report, now: start)
        learner.refresh(now: start)
    }

    private func quality(_ learner: RouteLearner, of deployment: DeploymentID) -> Double? {
        learner.scores(of: point(), for: [(deployment, 0.5)])[deployment]?.quality
    }

    @Test("Three replicas come to what one would that had heard all judgments, and so does one that starts anew")
    func together() async throws {
        let store = InMemoryLearningStore(now: { UnixTime(milliseconds: 1) })
        let fleet = ["r1", "r2", "r3"].map { learner($0) }
        let alone = learner("alone")
        for number in 0..<30 {
            let (target, score) = (number % 2 == 0 ? a : b, number % 3 == 0 ? 0.0 : 1)
            fleet[number % 3].learn(point(Float(number) / 30), of: target, score: score, from: .open, now: start)
            alone.learn(point(Float(number) / 30), of: target, score: score, from: .open, now: start)
            // Exchanged at any time.
            if number % 7 == 0 { try await exchange(fleet[number % 3], store) }
        }
        alone.refresh(now: start)
        for _ in 0..<2 { for replica in fleet { try await exchange(replica, store) } }
        let restarted = learner("r4")
        try await exchange(restarted, store)
        for target in [a, b] {
            let expected = try #require(quality(alone, of: target))
            for replica in fleet + [restarted] {
                #expect(abs((quality(replica, of: target) ?? 0) - expected) < 1e-5)
                #expect(abs(replica.weight(of: target, now: start) - 15) < 1e-9)
            }
        }
    }

    @Test("A report whose answer was lost is told again and counts once")
    func lostAnswer() async throws {
        let store = InMemoryLearningStore(now: { UnixTime(milliseconds: 1) })
        let replica = learner()
        replica.learn(point(), of: a, score: 1, from: .open, now: start)
        let report = try #require(replica.takeReport(now: start))
        // It arrives, and nobody hears of it.
        _ = try await store.exchange(report)
        replica.learn(point(), of: a, score: 1, from: .open, now: start)
        let again = try #require(replica.takeReport(now: start))
        #expect(again == report)
        replica.apply(try await store.exchange(again), to: again, now: start)
        #expect(replica.weight(of: a, now: start) == 2)
        try await exchange(replica, store)
        #expect(replica.weight(of: a, now: start) == 2)
        let other = learner("other")
        try await exchange(other, store)
        #expect(other.weight(of: a, now: start) == 2)
    }

    @Test("Without a store a replica learns alone, and tells all of it when the store is back")
    func away() async throws {
        let replica = learner()
        for _ in 0..<5 {
            replica.learn(point(), of: a, score: 1, from: .open, now: start)
            _ = replica.takeReport(now: start)
        }
        replica.refresh(now: start)
        #expect(try #require(quality(replica, of: a)) > 0.7)
        let store = InMemoryLearningStore(now: { UnixTime(milliseconds: 1) })
        try await exchange(replica, store)
        try await exchange(replica, store)
        let other = learner("other")
        try await exchange(other, store)
        #expect(other.weight(of: a, now: start) == 5)
    }

    @Test("After a half-life a judgment counts half, here and in the store")
    func fading() async throws {
        let time = NIOLockedValueBox(UnixTime(milliseconds: 1))
        let store = InMemoryLearningStore(now: { time.withLockedValue { $0 } })
        let replica = learner()
        replica.learn(point(), of: a, score: 1, from: .open, now: start)
        try await exchange(replica, store)
        #expect(abs(replica.weight(of: a, now: start + .seconds(3600)) - 0.5) < 1e-9)
        time.withLockedValue { $0 = $0 + .seconds(7200) }
        let other = learner("other")
        try await exchange(other, store)
        #expect(abs(other.weight(of: a, now: start) - 0.25) < 1e-9)
    }

    @Test("What the whole fleet heard of a tenant counts against its share, not only what one replica did")
    func cap() async throws {
        let store = InMemoryLearningStore(now: { UnixTime(milliseconds: 1) })
        let (one, other) = (learner("r1", tenants: 8), learner("r2", tenants: 8))
        let bad = TenantID("bad")
        for _ in 0..<100 { one.learn(point(), of: a, score: 0, from: bad, now: start) }
        #expect(one.weight(of: a, now: start) == TenantCap.allowance)
        try await exchange(one, store)
        try await exchange(other, store)
        #expect(other.learn(point(), of: a, score: 0, from: bad, now: start) == 0)
        #expect(other.learn(point(), of: a, score: 1, from: TenantID("good"), now: start) == 1)
    }

    @Test("What is no judgment of its targets is not taken")
    func foreign() {
        let replica = learner()
        #expect(replica.learn(point(), of: DeploymentID("c"), score: 1, from: .open, now: start) == 0)
        #expect(replica.learn(point(), of: a, score: .nan, from: .open, now: start) == 0)
        #expect(replica.learn(point(), of: a, score: 7, from: .open, now: start) == 1)
        replica.refresh(now: start)
        // As a score of 1: (4 × 0.5 + 1) ÷ 5 on the constant alone, and a little of it on the other feature.
        #expect(quality(replica, of: a).map { $0 > 0.59 && $0 < 0.64 } ?? false)
    }
}
