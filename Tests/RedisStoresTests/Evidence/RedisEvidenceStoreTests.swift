import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import NIOCore
import RedisClient
import Testing

@testable import RedisStores
@testable import SemanticCache

@Suite("What was learned of hits, in Redis", .timeLimit(.minutes(2)))
struct RedisEvidenceStoreTests {
    private static let encoder = EncoderIdentity(name: "e", fingerprint: "f", dimension: 16)
    private static let space = DecisionSpace(
        owner: PartitionOwner(tenant: TenantID("t"), namespace: "n"), route: "r")
    private static let near = [MatchCandidate(similarity: 0.97, group: 1)]

    private static func link(
        _ redis: RedisClient, _ replica: String, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) -> (desk: DecisionDesk, link: EvidenceLink) {
        let desk = DecisionDesk(calibration: .miniLM, draw: { 1 })
        return (
            desk,
            EvidenceLink(
                desk: desk, store: RedisEvidenceStore(redis: redis, encoder: encoder), replica: replica, now: now)
        )
    }

    /// Learns so many labels of one kind.
    private static func learn(_ desk: DecisionDesk, _ count: Int, same: Bool) {
        for _ in 0..<count {
            let decision = desk.decide(near, in: space, budget: 0.01).decision
            desk.learn(
                DecisionTicket(
                    space: space, decision: decision, entry: SampleEntries.id(1),
                    partition: SampleEntries.partition(1), similarity: 0.97), same: same)
        }
    }

    /// What is believed of the candidate.
    private static func risk(_ desk: DecisionDesk) -> Double {
        desk.preview(near, in: space, budget: 0.01).decision.risk
    }

    /// The fields there are, without their marks.
    private static func hash(_ redis: RedisClient) async throws -> [String] {
        let names = try await redis.send(RedisCommand("HKEYS", .string(key))).expectArray().compactMap(\.string)
        return names.filter { !$0.hasPrefix("@") }.sorted()
    }

    private static var key: String { Keyspace.evidence(of: space, encoder: encoder) }

    /// As if a replica had told that long ago what it has told.
    private static func age(_ replica: String, _ redis: RedisClient) async throws {
        _ = try await redis.send(RedisCommand("HSET", .string(key), .string("@\(replica)"), "1000"))
    }

    @Test("A replica hears what the other learned, once however often, and a new one goes on from both")
    func shared() async throws {
        try await withRedis { _, redis in
            let (one, other) = (Self.link(redis, "one"), Self.link(redis, "other"))
            Self.learn(one.desk, 40, same: true)
            Self.learn(other.desk, 30, same: false)
            for _ in 0..<3 {
                await one.link.exchange()
                await other.link.exchange()
            }
            #expect(abs(Self.risk(one.desk) - Self.risk(other.desk)) < 1e-3)
            // Who ended leaves what it learned; who begins goes on from it as soon as the namespace is used.
            let third = Self.link(redis, "third")
            third.desk.countExactHit(in: Self.space)
            await third.link.exchange()
            #expect(abs(Self.risk(third.desk) - Self.risk(one.desk)) < 1e-3)
            let unknown = Self.risk(DecisionDesk(calibration: .miniLM))
            #expect(Self.risk(third.desk) > 2 * unknown)
            let fields = try await Self.hash(redis)
            #expect(fields == ["#", "one", "other"])
        }
    }

    @Test("Nothing is written while nothing is learned; a replica that lives tells again now and then")
    func quiet() async throws {
        try await withRedis { _, redis in
            let clock = NIOLockedValueBox(ContinuousClock.now)
            let one = Self.link(redis, "one") { clock.withLockedValue { $0 } }
            Self.learn(one.desk, 3, same: true)
            await one.link.exchange()
            func stamp() async throws -> String? {
                try await redis.send(RedisCommand("HGET", .string(Self.key), "#")).string
            }
            let told = try #require(try await stamp())
            await one.link.exchange()
            #expect(try await stamp() == told)
            clock.withLockedValue { $0 += .seconds(601) }
            await one.link.exchange()
            #expect(try await stamp() != told)
            let life = try await redis.send(RedisCommand("PTTL", .string(Self.key))).expectInteger()
            #expect(life > 29 * 86_400_000)
        }
    }

    @Test("What a replica left that is no more is taken over by one of the others, and lost by none")
    func inherited() async throws {
        try await withRedis { _, redis in
            let gone = Self.link(redis, "gone")
            Self.learn(gone.desk, 40, same: false)
            await gone.link.exchange()
            try await Self.age("gone", redis)
            let expected = Self.risk(gone.desk)
            let heirs = [Self.link(redis, "a"), Self.link(redis, "b")]
            for heir in heirs { heir.desk.countExactHit(in: Self.space) }
            async let first: Void = heirs[0].link.exchange()
            async let second: Void = heirs[1].link.exchange()
            _ = await (first, second)
            for _ in 0..<2 { for heir in heirs { await heir.link.exchange() } }
            let fields = try await Self.hash(redis)
            #expect(fields == ["#", "a"] || fields == ["#", "b"])
            for heir in heirs { #expect(abs(Self.risk(heir.desk) - expected) < 1e-3) }
        }
    }

    @Test("What was taken over is not lost with the answer that says so")
    func lostAnswer() async throws {
        try await withRedis { _, redis in
            let gone = Self.link(redis, "gone")
            Self.learn(gone.desk, 40, same: false)
            await gone.link.exchange()
            try await Self.age("gone", redis)
            let store = RedisEvidenceStore(redis: redis, encoder: Self.encoder)
            _ = try await store.exchange(
                EvidenceReport(
                    space: Self.space, replica: "heir", evidence: nil, inherited: [], heard: -1, drifts: 0,
                    goneAfter: .seconds(3600)))
            #expect(try await !Self.hash(redis).contains("gone"))
            let heir = Self.link(redis, "heir")
            heir.desk.countExactHit(in: Self.space)
            await heir.link.exchange()
            #expect(try await Self.hash(redis) == ["#", "heir"])
            #expect(abs(Self.risk(heir.desk) - Self.risk(gone.desk)) < 1e-3)
        }
    }

    @Test("Who was held to be gone and is not leaves to the other what that has taken: nothing counts twice")
    func backAgain() async throws {
        try await withRedis { _, redis in
            let (one, other) = (Self.link(redis, "one"), Self.link(redis, "other"))
            Self.learn(one.desk, 40, same: false)
            await one.link.exchange()
            let expected = Self.risk(one.desk)
            try await Self.age("one", redis)
            other.desk.countExactHit(in: Self.space)
            await other.link.exchange()
            #expect(try await Self.hash(redis) == ["#", "other"])
            for _ in 0..<3 {
                await one.link.exchange()
                await other.link.exchange()
            }
            for link in [one, other] { #expect(abs(Self.risk(link.desk) - expected) < 1e-3) }
            let third = Self.link(redis, "third")
            third.desk.countExactHit(in: Self.space)
            await third.link.exchange()
            #expect(abs(Self.risk(third.desk) - expected) < 1e-3)
        }
    }

    @Test("A namespace that was forgotten for others begins with what it had told")
    func forgotten() async throws {
        try await withRedis { _, redis in
            let desk = DecisionDesk(calibration: .miniLM, limit: 1, draw: { 1 })
            let link = EvidenceLink(
                desk: desk, store: RedisEvidenceStore(redis: redis, encoder: Self.encoder), replica: "one")
            Self.learn(desk, 40, same: false)
            await link.exchange()
            let expected = Self.risk(desk)
            desk.countExactHit(in: DecisionSpace(owner: Self.space.owner, route: "another"))
            #expect(Self.risk(desk) < expected / 2)
            desk.countExactHit(in: Self.space)
            await link.exchange()
            #expect(abs(Self.risk(desk) - expected) < 1e-3)
            let other = Self.link(redis, "other")
            other.desk.countExactHit(in: Self.space)
            await other.link.exchange()
            #expect(abs(Self.risk(other.desk) - expected) < 1e-3)
        }
    }

    @Test("After a drift nobody hears what was told before it, least of all of replicas that are gone")
    func driftForgets() async throws {
        try await withRedis { _, redis in
            let (one, gone) = (Self.link(redis, "one"), Self.link(redis, "gone"))
            Self.learn(gone.desk, 300, same: true)
            await gone.link.exchange()
            Self.learn(one.desk, 300, same: true)
            await one.link.exchange()
            var labels = 0
            while try #require(one.desk.standings.first).counts.drifts == 0, labels < 500 {
                Self.learn(one.desk, 1, same: false)
                labels += 1
            }
            #expect(one.desk.standings.first?.counts.drifts == 1)
            let believed = Self.risk(one.desk)
            await one.link.exchange()
            #expect(try await Self.hash(redis) == ["!", "#", "one"])
            for _ in 0..<2 { await one.link.exchange() }
            #expect(Self.risk(one.desk) >= believed - 1e-3, "what the other had told is not believed again")
            let life = try await redis.send(RedisCommand("PTTL", .string(Self.key))).expectInteger()
            #expect(life > 29 * 86_400_000)
            let third = Self.link(redis, "third")
            third.desk.countExactHit(in: Self.space)
            await third.link.exchange()
            #expect(abs(Self.risk(third.desk) - Self.risk(one.desk)) < 1e-3)
        }
    }

    @Test("A drift that is told alone leaves no key without an end, and what all have lost is told again")
    func driftAlone() async throws {
        try await withRedis { _, redis in
            let store = RedisEvidenceStore(redis: redis, encoder: Self.encoder)
            let news = try await store.exchange(
                EvidenceReport(
                    space: Self.space, replica: "one", evidence: nil, inherited: [], heard: 0, drifts: 1,
                    goneAfter: .seconds(3600)))
            #expect(news.drifts == 1 && news.heard > 0)
            let life = try await redis.send(RedisCommand("PTTL", .string(Self.key))).expectInteger()
            #expect(life > 29 * 86_400_000)
            let one = Self.link(redis, "one")
            Self.learn(one.desk, 3, same: true)
            await one.link.exchange()
            _ = try await redis.send(RedisCommand("DEL", .string(Self.key)))
            for _ in 0..<2 { await one.link.exchange() }
            #expect(try await Self.hash(redis) == ["#", "one"])
        }
    }

    @Test("A drift that one replica notices makes the others careful, too")
    func drift() async throws {
        try await withRedis { _, redis in
            let (one, other) = (Self.link(redis, "one"), Self.link(redis, "other"))
            Self.learn(one.desk, 300, same: true)
            other.desk.countExactHit(in: Self.space)
            for _ in 0..<2 {
                await one.link.exchange()
                await other.link.exchange()
            }
            #expect(other.desk.decide(Self.near, in: Self.space, budget: 0.05).decision.action == .serve(0))
            var labels = 0
            while try #require(one.desk.standings.first).counts.drifts == 0, labels < 500 {
                Self.learn(one.desk, 1, same: false)
                labels += 1
            }
            for _ in 0..<2 {
                await one.link.exchange()
                await other.link.exchange()
            }
            #expect(other.desk.decide(Self.near, in: Self.space, budget: 0.05).decision.action == .miss(0))
        }
    }

    @Test("What is no evidence is left alone, and fields of callers' names cannot be mixed up")
    func damaged() async throws {
        try await withRedis { _, redis in
            let damage = [
                ("x", "nothing"), ("@y", "nothing"), ("z", "nothing"), ("@z", "9999999999999"), ("#", "7"),
            ]
            for (field, value) in damage {
                _ = try await redis.send(RedisCommand("HSET", .string(Self.key), .string(field), .string(value)))
            }
            let one = Self.link(redis, "one")
            one.desk.countExactHit(in: Self.space)
            await one.link.exchange()
            #expect(Self.risk(one.desk) == Self.risk(DecisionDesk(calibration: .miniLM)))
            let tricky = DecisionSpace(
                owner: PartitionOwner(tenant: TenantID("t"), namespace: "n\",\"r"), route: "r")
            #expect(Keyspace.evidence(of: tricky, encoder: Self.encoder) != Self.key)
        }
    }
}
