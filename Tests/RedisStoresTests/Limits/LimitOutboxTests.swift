import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import NIOPosix
import RedisClient
import Routing
import Testing

@testable import RedisStores

@Suite("Settlements on their way to Redis", .timeLimit(.minutes(2)))
struct LimitOutboxTests {
    private static let lease = Lease(
        of: PickRequest(
            lease: LeaseID("1"), inputTokens: 1, outputTokens: 1, candidates: [.init(DeploymentID("d"))]),
        candidate: 0, second: 1, holder: .shared)

    @Test("What cannot be sent is counted, and never more is kept than the bound")
    func lost() async throws {
        let server = try RedisServer()
        try await withClient(of: server) { client in
            server.kill()
            let store = RedisLimitStore(redis: client, noticeLife: .zero)
            for _ in 0..<8_192 { store.settle(.notCounted(Self.lease)) }
            #expect(store.lost == 0)
            for _ in 0..<10 { store.settle(.notCounted(Self.lease)) }
            #expect(store.lost == 10)
            try await running(store) {
                await store.flush()
                #expect(store.lost == 8_202)
            }
        }
    }

    @Test("A sender that is cancelled counts what is left and lets those go that wait for it")
    func cancelled() async throws {
        try await withRedis { _, client in
            let store = RedisLimitStore(redis: client)
            store.settle(.notCounted(Self.lease))
            let sender = Task { await store.run() }
            sender.cancel()
            await sender.value
            await store.flush()
            let lost = store.lost
            let told = NIOLockedValueBox(0)
            store.settle(.notCounted(Self.lease)) { told.withLockedValue { $0 += 1 } }
            #expect(store.lost == lost + 1 && told.withLockedValue { $0 } == 1, "nobody sends it any more")
        }
    }

    @Test("Who settles is told once Redis knows, or that it never will: the bound, an outage, the end of the sender")
    func done() async throws {
        let server = try RedisServer()
        try await withClient(of: server) { client in
            let store = RedisLimitStore(redis: client, noticeLife: .zero)
            let told = NIOLockedValueBox(0)
            let tell: @Sendable () -> Void = { told.withLockedValue { $0 += 1 } }
            store.settle(.notCounted(Self.lease), then: tell)
            #expect(told.withLockedValue { $0 } == 0, "nobody has sent it")
            try await running(store) {
                await store.flush()
                #expect(told.withLockedValue { $0 } == 1)
                #expect(store.lost == 0)
                server.kill()
                store.settle(.notCounted(Self.lease), then: tell)
                await store.flush()
                #expect(told.withLockedValue { $0 } == 2)
                #expect(store.lost == 1)
            }
            let other = RedisLimitStore(redis: client)
            for _ in 0..<8_193 { other.settle(.notCounted(Self.lease), then: tell) }
            #expect(told.withLockedValue { $0 } == 3, "one was too many")
            let sender = Task { await other.run() }
            sender.cancel()
            await sender.value
            #expect(told.withLockedValue { $0 } == 8_195)
        }
    }

    @Test("A settlement outlives an outage, a provider's word does not")
    func kept() async throws {
        let server = try RedisServer()
        try await withClient(of: server) { client in
            server.kill()
            let store = RedisLimitStore(redis: client)
            let told = NIOLockedValueBox(0)
            store.settle(.notCounted(Self.lease)) { told.withLockedValue { $0 += 1 } }
            store.feedback(ProviderTruth(deployment: DeploymentID("d"), limits: Limits(), blocks: []))
            try await running(store) {
                try await eventually { store.lost == 1 }
                #expect(told.withLockedValue { $0 } == 0)
                try server.start()
                await store.flush()
                #expect(told.withLockedValue { $0 } == 1)
                #expect(store.lost == 1)
            }
        }
    }

    @Test("Replicas are counted by their beats, and one that signs off no longer")
    func census() async throws {
        try await withRedis { server, client in
            let (one, other) = (LiveReplicas(), LiveReplicas())
            let first = RedisReplicaCensus(redis: client, replica: "one", live: one, pause: .milliseconds(5))
            let second = RedisReplicaCensus(redis: client, replica: "other", live: other, pause: .milliseconds(5))
            // One that was killed a minute ago.
            _ = try server.cli("ZADD", "rf:{rl}:n", "1000", "gone")
            let running = Task { await first.run() }
            let stopping = Task { await second.run() }
            try await eventually { one.count == 2 && other.count == 2 }
            #expect(try server.cli("ZCARD", "rf:{rl}:n") == "2")
            stopping.cancel()
            await stopping.value
            try await eventually { one.count == 1 }
            server.kill()
            await first.beat()
            #expect(one.count == 1, "the last count stands")
            running.cancel()
            await running.value
        }
    }

    @Test("A replica that finds Redis without its data does not hold itself to be alone")
    func censusWithoutData() async throws {
        try await withRedis { server, client in
            let live = LiveReplicas()
            let first = RedisReplicaCensus(redis: client, replica: "one", live: live)
            await first.beat()
            #expect(live.count == 1)
            await RedisReplicaCensus(redis: client, replica: "other", live: LiveReplicas()).beat()
            await first.beat()
            #expect(live.count == 2)
            _ = try server.cli("FLUSHALL")
            await first.beat()
            #expect(live.count == 2)
        }
    }

    @Test("Behind an outage, or a loss of the data, the number of replicas only grows until all have had their time")
    func replicaCount() {
        var count = ReplicaCount()
        var now = ContinuousClock.now
        func number(_ found: Int, wasKnown: Bool = true, after time: Duration = .zero) -> Int {
            count.counted(found, wasKnown: wasKnown, now: now + time)
        }
        #expect(number(1, wasKnown: false) == 1)
        #expect(number(4) == 4)
        #expect(number(3) == 3)
        for wasKnown in [false, true] {
            if wasKnown { count.failed() }
            #expect(number(1, wasKnown: wasKnown) == 3)
            #expect(number(2, after: .milliseconds(9_999)) == 3)
            #expect(number(4, after: .milliseconds(9_999)) == 4)
            now += .seconds(10)
            #expect(number(3) == 3)
        }
    }
}
