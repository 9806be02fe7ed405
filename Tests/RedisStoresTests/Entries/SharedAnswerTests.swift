import GatewayCore
import GatewayTesting
import NIOCore
import RedisClient
import SemanticCache
import Testing

@testable import RedisStores

@Suite("Answers that entries share")
struct SharedAnswerTests {
    /// Entry `number` of partition 1, with a large answer whose choices are those of all with this text.
    private func entry(
        _ number: Int, _ text: String = "the same, ", in partition: UInt8 = 1, life: Duration = .seconds(3600)
    ) -> StoredEntry {
        EncodedEntry.samples.entry(
            number, in: partition, answer: EncodedEntry.completion(3_000, id: "chatcmpl-\(number)", text: text),
            life: life)
    }

    private func load(_ entry: StoredEntry, _ store: RedisCacheStore) async throws -> ByteBuffer? {
        try await store.load(entry.id, in: entry.partition, of: .open)?.answer
    }

    /// The keys of answers that are stored.
    private func answers(_ client: RedisClient) async throws -> [String] {
        try await client.send(RedisCommand("KEYS", "rf:{*}:a:*")).expectArray().compactMap(\.string)
    }

    /// How many copies of the answer there are in all.
    private func copies(_ client: RedisClient) async throws -> Int {
        var count = 0
        for key in try await client.send(RedisCommand("KEYS", "rf:*")).expectArray().compactMap(\.string)
        where key.contains(":a:") || key.contains(":e:") {
            count += Int(try await client.send(RedisCommand("HEXISTS", .string(key), "a")).expectInteger())
        }
        return count
    }

    @Test("Many entries with equal choices keep one copy, and each is served its own answer, byte for byte",
          arguments: [false, true])
    func oneCopy(isSealed: Bool) async throws {
        try await withRedis { _, client in
            let seals = !isSealed ? EntrySeals.none : EntrySeals(
                common: Secret("a secret of at least 32 characters"), tenants: [(.open, nil)])
            let store = RedisCacheStore(redis: client, codec: EntryCodec(seals: seals))
            let entries = (1...20).map { entry($0) }
            for entry in entries { try await store.save(entry) }
            #expect(try await copies(client) == 1)
            let fresh = RedisCacheStore(redis: client, codec: EntryCodec(seals: seals))
            for store in [store, fresh] {
                for entry in entries { #expect(try await load(entry, store) == entry.answer) }
            }
        }
    }

    @Test("An answer of one entry stands in it: a hit is one HMGET. Of shared ones the first asks twice, the next once")
    func roundTrips() async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            func calls(_ command: String) async throws -> Int {
                let text = try await client.send(RedisCommand("INFO", "commandstats")).expectBytes()
                let line = String(buffer: text ?? ByteBuffer()).split(separator: "\r\n").first {
                    $0.hasPrefix("cmdstat_\(command):")
                }
                return line.flatMap { Int($0.drop { $0 != "=" }.dropFirst().prefix { $0 != "," }) } ?? 0
            }
            try await store.save(entry(1))
            let before = (try await calls("hmget"), try await calls("evalsha"))
            #expect(try await load(entry(1), store) != nil)
            #expect(try await (calls("hmget"), calls("evalsha")) == (before.0 + 1, before.1))

            try await store.save(entry(2))
            #expect(try await load(entry(1), store) != nil)
            let known = (try await calls("hmget"), try await calls("evalsha"))
            for _ in 0..<5 { #expect(try await load(entry(2), store) != nil) }
            // The script's own HMGET counts, too.
            #expect(try await (calls("hmget"), calls("evalsha")) == (known.0 + 5, known.1 + 5))
            #expect(try await load(entry(3), store) == nil)
        }
    }

    @Test("A shared answer stays while one entry has it, and goes with the last")
    func goesWithTheLast() async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            let entries = (1...3).map { entry($0) }
            for entry in entries { try await store.save(entry) }
            try await store.delete(entries[0].id, in: entries[0].partition)
            // Another answer in place of the one before.
            try await store.save(entry(2, "another, "))
            #expect(try await load(entries[2], store) == entries[2].answer)
            #expect(try await load(entries[0], store) == nil)
            #expect(try await load(entries[1], store) == entry(2, "another, ").answer)
            #expect(try await answers(client).count == 2)
            try await store.delete(entries[2].id, in: entries[2].partition)
            try await store.delete(entries[1].id, in: entries[1].partition)
            #expect(try await answers(client).isEmpty)
        }
    }

    @Test("It goes, too, when the other entries are there no more by their own time")
    func goesWhenOthersExpired() async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            try await store.save(entry(1))
            try await store.save(entry(2))
            _ = try await client.send(
                RedisCommand("DEL", .string(Keyspace.entry(entry(1).id, in: entry(1).partition))))
            try await store.delete(entry(2).id, in: entry(2).partition)
            #expect(try await answers(client).isEmpty)
        }
    }

    @Test("It lives as long as the longest of its entries, whichever came first", arguments: [false, true])
    func lifetime(longestFirst: Bool) async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            let (long, short) = (entry(1, life: .seconds(7200)), entry(2, life: .seconds(60)))
            for entry in longestFirst ? [long, short] : [short, long] { try await store.save(entry) }
            let key = try #require(try await answers(client).first)
            let life = try await client.send(RedisCommand("PTTL", .string(key))).expectInteger()
            let longest = try await client.send(
                RedisCommand("PTTL", .string(Keyspace.entry(long.id, in: long.partition)))).expectInteger()
            #expect(abs(life - longest) < 1_000)
        }
    }

    @Test("Without it, evicted, its entries are misses, counted, deleted, and told to mirrors", arguments: [0, 1])
    func evicted(way: Int) async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            let feed = RedisChangeFeed(redis: client)
            for number in 1...2 { try await store.save(entry(number)) }
            let key = try #require(try await answers(client).first)
            _ = try await client.send(RedisCommand("DEL", .string(key)))
            // Something else of the same name does not help.
            if way == 1 { _ = try await client.send(RedisCommand("SET", .string(key), "x")) }
            let head = try await feed.head()
            for number in 1...2 { #expect(try await load(entry(number), store) == nil) }
            #expect(store.codec.faults.all == [.incomplete: 2])
            let changes = try await feed.changes(after: head, wait: .milliseconds(1)).changes
            #expect(changes == (1...2).map { .deleted(entry($0).id, entry($0).partition) })
            // Stored anew, all is well.
            for number in 1...2 { try await store.save(entry(number)) }
            for number in 1...2 { #expect(try await load(entry(number), store) == entry(number).answer) }
        }
    }

    @Test("A damaged one is served to nobody, and healed by the next that is stored")
    func damaged() async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            for number in 1...2 { try await store.save(entry(number)) }
            let key = try #require(try await answers(client).first)
            _ = try await client.send(RedisCommand("HSET", .string(key), "a", "garbage"))
            for number in 1...2 { #expect(try await load(entry(number), store) == nil) }
            #expect(store.codec.faults.all.values.reduce(0, +) == 2)
            try await store.save(entry(1))
            for number in 1...2 { #expect(try await load(entry(number), store) == entry(number).answer) }
        }
    }

    @Test("Partitions share nothing, also those of one shard; small answers stand in their entries")
    func walls() async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            for (number, partition) in [(1, 1), (2, 65), (3, 1), (4, 65)] as [(Int, UInt8)] {
                try await store.save(entry(number, in: partition))
            }
            #expect(try await answers(client).count == 2)
            #expect(try await copies(client) == 2)
            for number in 5...9 { try await store.save(EncodedEntry.samples.entry(number)) }
            #expect(try await answers(client).count == 2)
        }
    }

    @Test("More than a thousand entries of one answer are all served; those beyond keep copies of their own")
    func many() async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            for number in 1...1_005 { try await store.save(entry(number)) }
            #expect(try await (2...7).contains(copies(client)))
            for number in [1, 2, 999, 1_000, 1_001, 1_005] {
                #expect(try await load(entry(number), store) == entry(number).answer)
            }
        }
    }

    @Test("Of many that store, replace and delete entries at once, each that is left is whole")
    func contended() async throws {
        try await withRedis { _, client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<8 {
                    group.addTask {
                        let store = RedisCacheStore(redis: client)
                        var generator = SeededGenerator(seed: UInt64(worker))
                        for _ in 0..<150 {
                            let number = Int.random(in: 1...6, using: &generator)
                            let text = ["one, ", "two, "][Int.random(in: 0...1, using: &generator)]
                            if Int.random(in: 0...3, using: &generator) == 0 {
                                try await store.delete(entry(number).id, in: entry(number).partition)
                            } else {
                                try await store.save(entry(number, text))
                            }
                            let either = ["one, ", "two, "].map { entry(number, $0).answer }
                            if let found = try await load(entry(number), store) { #expect(either.contains(found)) }
                        }
                        #expect(store.codec.faults.all.isEmpty)
                    }
                }
                try await group.waitForAll()
            }
            let store = RedisCacheStore(redis: client)
            for number in 1...6 { try await store.delete(entry(number).id, in: entry(number).partition) }
            #expect(try await answers(client).isEmpty, "an answer outlived its entries")
        }
    }
}
