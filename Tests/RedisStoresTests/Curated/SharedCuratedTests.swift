import GatewayCore
import GatewayTesting
import NIOCore
import RedisClient
import SemanticCache
import Testing

@testable import RedisStores

@Suite("Curated answers that entries share", .timeLimit(.minutes(2)))
struct SharedCuratedTests: CuratedSuite {
    private let text = EncodedEntry.completion(3_000)

    private func answers(_ client: RedisClient) async throws -> [String] {
        try await client.send(RedisCommand("KEYS", "rf:{*}:a:*")).expectArray().compactMap(\.string)
    }

    private func life(_ key: String, _ client: RedisClient) async throws -> Int64 {
        try await client.send(RedisCommand("PTTL", .string(key))).expectInteger()
    }

    /// A provider's answer of the same words.
    private func provided(_ number: Int) -> StoredEntry {
        samples.entry(number, in: 3, answer: EncodedEntry.completion(3_000, id: "chatcmpl-\(number)"))
    }

    @Test("However many questions an answer has, it is stored once, for ever, and goes with the last of them")
    func oneCopy() async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            _ = try await put("a", Array(1...20), text: text, in: store)
            let key = try #require(try await answers(client).first)
            #expect(try await answers(client).count == 1)
            #expect(try await life(key, client) == -1)
            for number in 1...20 {
                #expect(try await answer(number, store) == String(buffer: text))
                let entry = Keyspace.entry(SampleEntries.id(number), in: shelf.partition)
                let own = try await client.send(RedisCommand("HEXISTS", .string(entry), "a"))
                #expect(try own.expectInteger() == 0)
            }
            _ = try await put("a", [1, 2], digest: "e", text: text, in: store)
            #expect(try await answers(client) == [key])
            #expect(try await store.remove("a", from: shelf, searches: false) == 2)
            #expect(try await answers(client).isEmpty)
        }
    }

    @Test("A provider's answer of the same words does not end it, and has an end again when it is alone")
    func withProviders() async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            _ = try await put("a", [1, 2], text: text, in: store)
            try await store.save(provided(3))
            let key = try #require(try await answers(client).first)
            #expect(try await life(key, client) == -1)
            #expect(try await store.remove("a", from: shelf, searches: false) == 2)
            #expect(try await (1...3_600_000).contains(life(key, client)))
            let left = provided(3)
            #expect(try await store.load(left.id, in: left.partition, of: .open)?.answer == left.answer)
        }
    }

    @Test("With a date it lives as long; given one later, it has an end as well")
    func dated() async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            for digest in ["d", "e"] {
                if digest == "e" { _ = try await put("a", [1, 2], text: text, in: store) }
                _ = try await put("a", [1, 2], digest: digest, text: text, expires: .now() + .seconds(60), in: store)
                let key = try #require(try await answers(client).first)
                #expect(try await (1...60_000).contains(life(key, client)))
            }
        }
    }

    @Test("Taking the place of entries that share an answer lets go of that")
    func noLeak() async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            for number in [1, 2] { try await store.save(provided(number)) }
            #expect(try await answers(client).count == 1)
            _ = try await put("a", [1, 2], in: store)
            #expect(try await answers(client).isEmpty)
        }
    }

    @Test("When Redis has evicted what its entries share, it does not stand, and an import brings it back")
    func evicted() async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            _ = try await put("a", [1, 2], text: text, in: store)
            #expect(try await stands("a", [1, 2], store))
            for key in try await answers(client) { _ = try await client.send(RedisCommand("DEL", .string(key))) }
            #expect(try await !stands("a", [1, 2], store))
            _ = try await put("a", [1, 2], text: text, in: store)
            #expect(try await stands("a", [1, 2], store))
            #expect(try await answer(1, store) == String(buffer: text))
        }
    }
}
