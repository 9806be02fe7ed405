import GatewayTesting
import NIOCore
import ProviderAPIs
import RedisClient
import Testing

@testable import RedisStores

@Suite("Thoughts of calls, in Redis", .timeLimit(.minutes(2)))
struct RedisThoughtStoreTests {
    private let keys = ["a", "b", "c"].map { ThoughtKey(shard: "07", call: $0) }

    @Test("What one replica keeps another one finds in the order it asks, for as long as it lives")
    func shared() async throws {
        try await withRedis { server, first in
            try await withClient(of: server) { second in
                let (one, other) = (RedisThoughtStore(redis: first), RedisThoughtStore(redis: second))
                let running = Task { await one.run() }
                defer { running.cancel() }
                one.keep([(keys[2], ByteBuffer(string: "3")), (keys[0], ByteBuffer(string: "1"))])
                try await eventually { await other.thoughts(under: keys).compactMap { $0 }.count == 2 }
                #expect(await other.thoughts(under: keys).map { $0.map { String(buffer: $0) } } == ["1", nil, "3"])
                #expect(await other.thoughts(under: []).isEmpty)
                let life = try await first.send(RedisCommand("PTTL", .string("rf:{t07}:c:a"))).expectInteger()
                #expect(life > 3_500_000 && life <= 3_600_000)
            }
        }
    }

    @Test("What is too large is not kept")
    func bound() async throws {
        try await withRedis { _, redis in
            let store = RedisThoughtStore(redis: redis)
            let running = Task { await store.run() }
            defer { running.cancel() }
            let size = RedisThoughtStore.sizeLimit
            store.keep([
                (keys[0], ByteBuffer(repeating: 0x61, count: size + 1)),
                (keys[1], ByteBuffer(repeating: 0x61, count: size)),
            ])
            try await eventually { await store.thoughts(under: [keys[1]]).first??.readableBytes == size }
            #expect(await store.thoughts(under: [keys[0]]) == [nil])
        }
    }

    @Test("While Redis is away nothing is found, and nothing fails")
    func away() async throws {
        try await withRedis { server, redis in
            server.kill()
            let store = RedisThoughtStore(redis: redis)
            store.keep([(keys[0], ByteBuffer(string: "1"))])
            #expect(await store.thoughts(under: keys).isEmpty)
        }
    }
}
