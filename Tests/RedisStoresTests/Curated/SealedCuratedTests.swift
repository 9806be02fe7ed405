import GatewayCore
import GatewayTesting
import NIOCore
import RedisClient
import SemanticCache
import Testing

@testable import RedisStores

@Suite("Curated answers that are encrypted", .timeLimit(.minutes(2)))
struct SealedCuratedTests: CuratedSuite {
    private static let other = EntrySeals(
        common: nil, tenants: [(EncodedEntry.tenant, Secret("another secret of 32 characters!"))])

    @Test("Nothing of question, answer, tags or line can be read in Redis, and all of it comes back")
    func unreadable() async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client, codec: EntryCodec(seals: EncodedEntry.seals))
            let text = EncodedEntry.completion(3_000)
            #expect(try await put("a", [1, 2], text: text, tag: "secret-tag", in: store) == nil)
            #expect(try await put("b", [3], tag: "secret-tag", in: store) == nil)
            for pattern in ["rf:{*}:e:*", "rf:{*}:k:*", "rf:{*}:a:*"] {
                let keys = try await client.send(RedisCommand("KEYS", .string(pattern))).expectArray()
                #expect(!keys.isEmpty)
                for key in keys.compactMap(\.string) {
                    for value in try await client.send(RedisCommand("HVALS", .string(key))).expectArray() {
                        let stored = String(buffer: value.bytes ?? ByteBuffer())
                        for word in ["What is", "comes back", "secret-tag", #"{"id""#] {
                            #expect(!stored.contains(word), "\(word) stands in \(key)")
                        }
                    }
                }
            }
            let lines = try await store.lines(of: shelf, behind: nil, count: 10).lines
            #expect(lines.map { String(buffer: $0) } == [#"{"id":"a"}"#, #"{"id":"b"}"#])
            #expect(try await stands("a", [1, 2], store))
            #expect(try await answer(2, store) == String(buffer: text))
        }
    }

    @Test("What another secret closed, or none, does not stand, is no line, and gives way to what is stored anew")
    func otherSecret() async throws {
        try await withRedis { server, client in
            let seals = [EntrySeals.none, EncodedEntry.seals, Self.other, .none]
            for (before, after) in zip(seals, seals.dropFirst()) {
                let old = RedisCacheStore(redis: client, codec: EntryCodec(seals: before))
                _ = try await put("a", [1], in: old)
                #expect(try await stands("a", [1], old))
                let new = RedisCacheStore(redis: client, codec: EntryCodec(seals: after))
                #expect(try await !stands("a", [1], new))
                #expect(try await new.lines(of: shelf, behind: nil, count: 10).lines.isEmpty)
                #expect(try await put("a", [1], in: new) == nil)
                #expect(try await stands("a", [1], new))
                #expect(try await answer(1, new) == "a")
                #expect(try await answer(1, old) == nil)
            }
        }
    }

    @Test("Neither does an entry of another layout stand, nor one whose head is damaged")
    func otherLayout() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            let entry = Keyspace.entry(SampleEntries.id(1), in: shelf.partition)
            for (field, value) in [("v", "2"), ("h", "x")] {
                _ = try await put("a", [1], in: store)
                #expect(try await stands("a", [1], store))
                _ = try server.cli("HSET", entry, field, value)
                #expect(try await !stands("a", [1], store))
            }
        }
    }

    @Test("A field of a record is accepted in no other place")
    func bound() async throws {
        try await withRedis { _, client in
            for seals in [EntrySeals.none, EncodedEntry.seals] {
                let store = RedisCacheStore(redis: client, codec: EntryCodec(seals: seals))
                for (number, id) in ["a", "b"].enumerated() { _ = try await put(id, [number], in: store) }
                let keys = ["a", "b"].map { Keyspace.curated($0, in: shelf.partition) }
                for (from, field, to) in [(keys[1], "j", keys[0]), (keys[0], "l", keys[0])] {
                    let value = try await client.send(RedisCommand("HGET", .string(from), .string(field))).bytes
                    let bytes = try #require(value)
                    _ = try await client.send(RedisCommand("HSET", .string(to), "j", .buffer(bytes)))
                    let lines = try await store.lines(of: shelf, behind: nil, count: 10).lines
                    #expect(lines.map { String(buffer: $0) } == [#"{"id":"b"}"#])
                }
            }
        }
    }
}
