import GatewayTesting
import NIOCore
import ProviderAPIs
import RedisClient
import Testing

@testable import RedisStores

@Suite("Responses in Redis", .timeLimit(.minutes(2)))
struct RedisResponseStoreTests {
    private let key = ResponseKey(digest: "0123456789abcdef")

    @Test("What one replica keeps another one finds, until either deletes it or its life is over")
    func shared() async throws {
        try await withRedis { server, first in
            try await withClient(of: server) { second in
                let one = RedisResponseStore(redis: first, life: .seconds(3600))
                let other = RedisResponseStore(redis: second, life: .milliseconds(1))
                #expect(try await other.load(key) == nil)
                #expect(try await !other.delete(key))
                try await one.save(ByteBuffer(string: "kept"), under: key)
                #expect(try await other.load(key).map { String(buffer: $0) } == "kept")
                #expect(try await other.load(ResponseKey(digest: "0")) == nil)
                let life = try await first.send(RedisCommand("PTTL", .string("rf:r:0123456789abcdef"))).expectInteger()
                #expect(life > 3_500_000 && life <= 3_600_000)
                #expect(try await other.delete(key))
                #expect(try await one.load(key) == nil)
                try await other.save(ByteBuffer(string: "brief"), under: key)
                try await eventually { try await one.load(key) == nil }
            }
        }
    }

    @Test("With something else under the key, and without Redis, every question is an error")
    func errors() async throws {
        try await withRedis { _, redis in
            let store = RedisResponseStore(redis: redis, life: .seconds(60))
            _ = try await redis.send(RedisCommand("LPUSH", .string("rf:r:0123456789abcdef"), .string("x")))
            await #expect(throws: ResponseStoreError.self) { _ = try await store.load(key) }
            await redis.shutdown()
            await #expect(throws: ResponseStoreError.self) { _ = try await store.load(key) }
            await #expect(throws: ResponseStoreError.self) { try await store.save(ByteBuffer(string: "x"), under: key) }
            await #expect(throws: ResponseStoreError.self) { _ = try await store.delete(key) }
        }
    }
}
