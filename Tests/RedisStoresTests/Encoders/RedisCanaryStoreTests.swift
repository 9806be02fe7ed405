import GatewayCore
import GatewayTesting
import NIOCore
import RedisClient
import SemanticCache
import Testing

@testable import RedisStores

@Suite("Canaries in Redis", .timeLimit(.minutes(2)))
struct RedisCanaryStoreTests {
    private let encoder = EncoderIdentity(name: "m", fingerprint: "1", dimension: 2)
    private let ours = [EmbeddingVector](
        repeating: EmbeddingVector(unit: [0.6, -0.8]), count: EncoderCanaries.texts.count)
    private let theirs = [EmbeddingVector](
        repeating: EmbeddingVector(unit: [1, 0]), count: EncoderCanaries.texts.count)

    @Test("The first ones stand, for good, and each encoder has its own")
    func first() async throws {
        try await withRedis { server, client in
            let faults = EntryFaultCounts()
            let store = RedisCanaryStore(redis: client, faults: faults)
            let before = try await store.canaries(of: encoder)
            #expect(before == nil)
            #expect(try await store.keep(ours, of: encoder) == ours)
            #expect(try await store.keep(theirs, of: encoder) == ours)
            #expect(try await store.canaries(of: encoder) == ours)
            #expect(try server.cli("TTL", "rf:enc:m#1/2").contains("-1"))
            let other = EncoderIdentity(name: "m", fingerprint: "2", dimension: 2)
            #expect(try await store.canaries(of: other) == nil)
            #expect(try await store.keep(theirs, of: other) == theirs)
            #expect(faults.all.isEmpty)
        }
    }

    @Test("What is damaged, copied from another encoder, of another length or no string is counted and written anew")
    func damaged() async throws {
        try await withRedis { server, client in
            let key = RedisArgument.string(Keyspace.canaries(of: encoder))
            let whole = try CanaryCodec.encode(ours, of: encoder)
            var flipped = whole
            flipped.setInteger(~(whole.getInteger(at: 20, as: UInt8.self) ?? 0), at: 20)
            let other = EncoderIdentity(name: "m", fingerprint: "2", dimension: 2)
            let cases: [(value: ByteBuffer, fault: EntryFault)] = [
                (flipped, .damaged), (whole.getSlice(at: 0, length: 40) ?? whole, .damaged),
                (ByteBuffer(), .damaged), (ByteBuffer(string: "?"), .version),
                (try CanaryCodec.encode(ours, of: other), .damaged),
                (try CanaryCodec.encode(Array(ours.dropLast()), of: encoder), .vector),
            ]
            for (value, fault) in cases {
                let faults = EntryFaultCounts()
                let store = RedisCanaryStore(redis: client, faults: faults)
                _ = try await client.send(RedisCommand("SET", key, .buffer(value)))
                let before = try await store.canaries(of: encoder)
            #expect(before == nil)
                #expect(faults.all == [fault: 1])
                #expect(try await store.keep(theirs, of: encoder) == theirs)
                #expect(try await store.canaries(of: encoder) == theirs)
                #expect(faults.all == [fault: 2])
            }
            _ = try server.cli("DEL", "rf:enc:m#1/2")
            _ = try server.cli("HSET", "rf:enc:m#1/2", "a", "b")
            let faults = EntryFaultCounts()
            let store = RedisCanaryStore(redis: client, faults: faults)
            let before = try await store.canaries(of: encoder)
            #expect(before == nil)
            #expect(try await store.keep(ours, of: encoder) == ours)
            #expect(faults.all == [.foreign: 2])
        }
    }

    @Test("What Redis refuses to keep is not taken for kept")
    func refused() async throws {
        try await withRedis { server, client in
            _ = try server.cli("CONFIG", "SET", "maxmemory", "1")
            let store = RedisCanaryStore(redis: client, faults: EntryFaultCounts())
            await #expect(throws: CacheStoreError.self) { try await store.keep(ours, of: encoder) }
        }
    }
}
