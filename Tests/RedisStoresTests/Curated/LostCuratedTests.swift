import GatewayCore
import GatewayTesting
import RedisClient
import SemanticCache
import Testing

@testable import RedisStores

@Suite("Curated answers of which something is lost, foreign or another's", .timeLimit(.minutes(2)))
struct LostCuratedTests: CuratedSuite {
    private var record: String { Keyspace.curated("a", in: shelf.partition) }
    private var ids: String { Keyspace.curated(in: shelf.partition) }

    private func key(_ number: Int) -> String { Keyspace.entry(SampleEntries.id(number), in: shelf.partition) }

    @Test("Removed by its id it is served no more, also when Redis has evicted its record, and the list of ids")
    func removed() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            for lost in [[record], [record, ids]] {
                _ = try await put("a", [1, 2], in: store)
                _ = try await put("b", [3], in: store)
                for key in lost { _ = try server.cli("DEL", key) }
                let entries = try await store.entries(of: "a", on: shelf, searches: true)
                #expect(Set(entries) == Set([1, 2].map(SampleEntries.id)))
                #expect(try await store.remove("a", from: shelf, searches: true) == 2)
                for number in [1, 2] { #expect(try await answer(number, store) == nil) }
                #expect(try await answer(3, store) == "b")
            }
            _ = try await put("a", [1, 2], in: store)
            _ = try server.cli("DEL", record)
            // The list of ids tells that there is something to look for.
            #expect(try await store.remove("a", from: shelf, searches: false) == 2)
            #expect(try await store.remove("a", from: shelf, searches: false) == 0)
            #expect(try await store.remove("a", from: shelf, searches: true) == 0)
        }
    }

    @Test("Before an answer is put there nobody looks through all entries for it, unless the list of ids has it")
    func unsought() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            _ = try await put("a", [1], in: store)
            #expect(try await store.entries(of: "b", on: shelf, searches: false).isEmpty)
            #expect(try await store.entries(of: "a", on: shelf, searches: false) == [SampleEntries.id(1)])
            #expect(try !server.cli("INFO", "commandstats").contains("cmdstat_scan:"))
            _ = try server.cli("DEL", record)
            #expect(try await store.entries(of: "a", on: shelf, searches: false) == [SampleEntries.id(1)])
            #expect(try server.cli("INFO", "commandstats").contains("cmdstat_scan:"))
        }
    }

    @Test("A changed answer replaces its former questions also when Redis has evicted its record, and the list of ids")
    func changed() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            for lost in [[record], [record, ids]] {
                _ = try await put("a", [1, 2], in: store)
                for key in lost { _ = try server.cli("DEL", key) }
                #expect(try await put("a", [2, 3], digest: "e", in: store) == nil)
                #expect(try await answer(1, store) == nil)
                for number in [2, 3] { #expect(try await answer(number, store) == "a") }
                #expect(try await stands("a", [2, 3], digest: "e", store))
            }
        }
    }

    @Test("What is no hash under an entry, the record or the list of ids gives way")
    func foreign() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            for key in [record, ids, key(1)] { _ = try server.cli("SET", key, "no hash") }
            #expect(try await !stands("a", [1, 2], store))
            #expect(try await put("a", [1, 2], in: store) == nil)
            #expect(try await stands("a", [1, 2], store))
            #expect(try await answer(1, store) == "a")
            #expect(try await store.count(on: shelf) == 1)
            for key in [record, ids, key(1)] {
                _ = try server.cli("DEL", key)
                _ = try server.cli("SET", key, "no hash")
            }
            #expect(try await store.remove("a", from: shelf, searches: true) == 1)
            #expect(try await answer(2, store) == nil)
            #expect(try server.cli("EXISTS", record) == "0")
        }
    }

    @Test("Of two answers whose questions it would take, only the one that was purged gives them up")
    func twoOwners() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            _ = try await put("a", [1], tag: "old", in: store)
            _ = try await put("b", [2], in: store)
            _ = try await store.purge(.tag("old"), of: tenant)
            let taken = try #require(try await put("c", [1, 2], in: store))
            #expect(taken.entry == SampleEntries.id(2) && taken.answer == "b")
            #expect(try await answer(2, store) == "b")
            #expect(try server.cli("HGET", key(1), "k") == "a")
            // Without its record the answer is served still.
            _ = try server.cli("DEL", Keyspace.curated("b", in: shelf.partition))
            #expect(try await put("c", [1, 2], in: store)?.answer == "b")
            _ = try await store.purge(.tag("t"), of: tenant)
            #expect(try await put("c", [1, 2], in: store) == nil)
            for number in [1, 2] { #expect(try await answer(number, store) == "c") }
        }
    }
}
