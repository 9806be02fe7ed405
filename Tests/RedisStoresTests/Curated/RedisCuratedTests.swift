import GatewayCore
import GatewayTesting
import NIOCore
import RedisClient
import SemanticCache
import Testing

@testable import RedisStores

@Suite("Curated answers in Redis", .timeLimit(.minutes(2)))
struct RedisCuratedTests: CuratedSuite {
    @Test("An answer's entries are found with its distractors, have no end in Redis, and are told to the mirrors")
    func storing() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            let feed = RedisChangeFeed(redis: client)
            let head = try await feed.head()
            #expect(try await put("a", [1, 2], in: store) == nil)
            let found = try #require(try await store.load(SampleEntries.id(1), in: shelf.partition, of: tenant))
            #expect(found.curation == curation(of: "a"))
            #expect(try server.cli("TTL", Keyspace.entry(SampleEntries.id(1), in: shelf.partition)) == "-1")
            let changes = try await feed.changes(after: head, wait: .seconds(5)).changes
            #expect(changes.count == 2)
            let mirrored = try await feed.mirrored([(SampleEntries.id(2), shelf.partition)], encoder: samples.encoder)
            #expect(mirrored.first?.expires == Curation.forever)
            let end = UnixTime.now() + .seconds(60)
            #expect(try await put("b", [3], expires: end, in: store) == nil)
            let life = Int(try server.cli("PTTL", Keyspace.entry(SampleEntries.id(3), in: shelf.partition))) ?? 0
            #expect((1...60_000).contains(life))
        }
    }

    @Test("It stands until its digest, an entry or a purge says otherwise")
    func standing() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            #expect(try await !stands("a", [1, 2], store))
            _ = try await put("a", [1, 2], in: store)
            #expect(try await stands("a", [1, 2], store))
            #expect(try await !stands("a", [1, 2], digest: "e", store))
            #expect(try await !stands("a", [1, 2, 3], store))
            try await store.delete(SampleEntries.id(2), in: shelf.partition)
            #expect(try await !stands("a", [1, 2], store))
            _ = try await put("a", [1, 2], in: store)
            _ = try await store.purge(.before(.now() + .seconds(60)), of: tenant)
            #expect(try await stands("a", [1, 2], store))
            #expect(try await answer(1, store) == "a")
            _ = try await store.purge(.tag("t"), of: tenant)
            #expect(try await !stands("a", [1, 2], store))
            #expect(try await answer(1, store) == nil)
        }
    }

    @Test("A changed answer takes the place of all that stood under its id, at once")
    func replacing() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            _ = try await put("a", [1, 2], in: store)
            let feed = RedisChangeFeed(redis: client)
            let head = try await feed.head()
            _ = try await put("a", [2, 3], digest: "e", in: store)
            #expect(try await answer(1, store) == nil)
            #expect(try await answer(2, store) == "a")
            #expect(try await answer(3, store) == "a")
            let changes = try await feed.changes(after: head, wait: .seconds(5)).changes
            let place = shelf.partition
            #expect(changes == [
                .deleted(SampleEntries.id(1), place), .added(SampleEntries.id(2), place),
                .added(SampleEntries.id(3), place),
            ])
        }
    }

    @Test("Another answer's question is not taken, unless that answer was purged; then nothing of it remains")
    func taking() async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            _ = try await put("a", [1, 2], in: store)
            let taken = try #require(try await put("b", [3, 2], in: store))
            #expect(taken.entry == SampleEntries.id(2) && taken.answer == "a")
            #expect(try await answer(3, store) == nil)
            #expect(try await answer(2, store) == "a")
            _ = try await store.purge(.namespace("n"), of: tenant)
            #expect(try await put("b", [3, 2], in: store) == nil)
            #expect(try await answer(2, store) == "b")
            // What was taken over is the other's: to change or remove the first answer leaves it alone.
            #expect(try await store.remove("a", from: shelf, searches: false) == 1)
            #expect(try await answer(2, store) == "b")
        }
    }

    @Test("A provider's answer does not take its place while it stands, and does once it is purged")
    func overwriting() async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            _ = try await put("a", [1], in: store)
            var fresh = samples.labelled(1, in: 3, labels: labels(), at: nil)
            let refusal = await #expect(throws: CacheStoreError.self) { try await store.save(fresh) }
            #expect(refusal?.code == .superseded)
            #expect(try await answer(1, store) == "a")
            _ = try await store.purge(.everything, of: tenant)
            fresh.generation = try await store.generation(of: tenant)
            try await store.save(fresh)
            #expect(try await answer(1, store) == "{}")
        }
    }

    @Test("What was found purged is left alone when it is imported again before it can be replaced")
    func importedMeanwhile() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            _ = try await put("a", [1], in: store)
            let old = Int64(try server.cli("HGET", Keyspace.entry(SampleEntries.id(1), in: shelf.partition), "g"))
            _ = try await store.purge(.everything, of: tenant)
            _ = try await put("a", [1], in: store)
            let fresh = samples.labelled(1, in: 3, labels: labels(), at: nil)
            let (keys, arguments) = try await store.saving(fresh, replacing: old)
            let reply = try await client.evaluate(CacheScripts.save, keys: keys, arguments: arguments)
            #expect(reply.string == "CURATED")
            #expect(try await answer(1, store) == "a")
        }
    }

    @Test("Lines come page by page in the order of their ids, without those that were purged or removed")
    func paging() async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            for number in [5, 3, 1, 4, 2] { _ = try await put("a\(number)", [number], in: store) }
            #expect(try await store.remove("a3", from: shelf, searches: false) == 1)
            #expect(try await store.remove("a3", from: shelf, searches: false) == 0)
            var found: [String] = []
            var last: String?
            repeat {
                let page = try await store.lines(of: shelf, behind: last, count: 2)
                found += page.lines.map { String(buffer: $0) }
                last = page.next
            } while last != nil
            #expect(found == [1, 2, 4, 5].map { "{\"id\":\"a\($0)\"}" })
            #expect(try await store.count(on: shelf) == 4)
            _ = try await store.purge(.tag("t"), of: tenant)
            #expect(try await store.lines(of: shelf, behind: nil, count: 10).lines.isEmpty)
        }
    }

    @Test("A tenant's shelves are told, and no other's")
    func shelves() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            try await store.open(shelf)
            try await store.open(shelf)
            _ = try server.cli("HSET", "rf:cur:{acme}", "nonsense", "{}")
            #expect(try await store.shelves(of: tenant) == [shelf])
            #expect(try await store.shelves(of: .open).isEmpty)
        }
    }

    @Test("Damaged records and entries are passed over, not trusted and no trap; so are vectors of distractors")
    func damaged() async throws {
        let damages = ["x", "", "\u{3}\u{0}abc", "\u{8}\u{0}abcdefg"]
        for bytes in damages { #expect(CurationCodec.vectors(ByteBuffer(string: bytes)).isEmpty) }
        try await withRedis { server, client in
            let codec = EntryCodec()
            let store = RedisCacheStore(redis: client, codec: codec)
            _ = try await put("a", [1], in: store)
            let entry = Keyspace.entry(SampleEntries.id(1), in: shelf.partition)
            // The distractors stand in the head: without them, nothing of the entry is served.
            for bytes in damages {
                _ = try await client.send(RedisCommand("HSET", .string(entry), "h", .string(bytes)))
                #expect(try await store.load(SampleEntries.id(1), in: shelf.partition, of: tenant) == nil)
            }
            #expect(codec.faults.all == [.version: 2, .damaged: 2])
            let record = Keyspace.curated("a", in: shelf.partition)
            for (field, value) in [("g", "x"), ("e", "zz")] { _ = try server.cli("HSET", record, field, value) }
            #expect(try await !stands("a", [1], store))
            #expect(try await store.lines(of: shelf, behind: nil, count: 10).lines.isEmpty)
            #expect(try await put("a", [1], in: store) == nil)
            #expect(try await stands("a", [1], store))
            let found = try await store.load(SampleEntries.id(1), in: shelf.partition, of: tenant)
            #expect(found?.curation == curation(of: "a"))
        }
    }
}
