import GatewayCore
import GatewayTesting
import RedisClient
import SemanticCache
import Testing

@testable import RedisStores

@Suite("The roster of entries in Redis", .timeLimit(.minutes(2)))
struct RosterTests {
    private static let shard = 1
    private static let ids = "rf:{01}:ids:sample#f00d/16"
    private static let sum = "rf:{01}:sum:sample#f00d/16"
    private let samples = SampleEntries()

    /// Of entries of partition 1, by their numbers.
    private func expected(_ numbers: [Int]) -> IndexSum {
        IndexSum(
            count: numbers.count,
            ids: numbers.reduce(0) { sum, number in
                sum ^ SampleEntries.id(number).bytes.prefix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
            })
    }

    private func told(_ client: RedisClient) async throws -> RosterSum {
        let feed = RedisChangeFeed(redis: client)
        return try await feed.sums(at: try await feed.head(), encoder: samples.encoder)[Self.shard]
    }

    @Test("It is changed with the entries: by what stores, replaces and deletes them")
    func follows() async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            for number in 1...5 { try await store.save(samples.entry(number)) }
            #expect(try await told(client).sum == expected([1, 2, 3, 4, 5]))
            try await store.save(samples.entry(1))
            try await store.save(samples.bareEntry(2))
            try await store.delete(SampleEntries.id(3), in: SampleEntries.partition(1))
            try await store.delete(SampleEntries.id(3), in: SampleEntries.partition(1))
            let other = EncoderIdentity(name: "other", fingerprint: "beef", dimension: 16)
            try await store.save(samples.entry(4, encoder: other))
            #expect(try await told(client).sum == expected([1, 5]))
            let feed = RedisChangeFeed(redis: client)
            let others = try await feed.sums(at: try await feed.head(), encoder: other)
            #expect(others[Self.shard].sum == expected([4]))
            #expect(others.enumerated().allSatisfy { $0.offset == Self.shard || $0.element.sum == IndexSum() })
        }
    }

    @Test("Another name of an entry is in it, for as long as the entry is served")
    func aliases() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            let entry = samples.entry(1, freshness: EntryFreshness(kept: UnixTime.now() + .seconds(7200)))
            try await store.save(entry)
            let alias = EntryAlias(
                id: SampleEntries.id(2), partition: entry.partition, question: "q",
                vector: EntryVector(encoder: samples.encoder, embedding: samples.vector(2)), entry: entry.id,
                entryCreated: entry.created, provenance: "right_judge")
            #expect(try await store.promote(alias, of: .open))
            #expect(try await told(client).sum == expected([1, 2]))
            let scores = try server.cli("ZMSCORE", Self.ids, alias.id.description, entry.id.description)
            let end = Substring("\(entry.expires.milliseconds)")
            #expect(scores.split(separator: "\n") == [end, end])
            let accusation = EntryAccusation(
                entry: entry.id, partition: entry.partition, created: entry.created, question: alias.id, accuser: nil)
            #expect(try await store.accuse(accusation, of: .open) == .noted)
            #expect(try await told(client).sum == expected([1]))
        }
    }

    @Test("What has expired is taken out by who asks for the sum, however much it is")
    func expires() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            try await store.save(samples.entry(1))
            let past = UnixTime.now().milliseconds - 1
            var others = RedisCommand("ZADD", .string(Self.ids))
            for number in 2...2500 {
                others.append(Int(past) - number)
                others.append(SampleEntries.id(number).description)
            }
            _ = try await client.send(others)
            _ = try server.cli("HSET", Self.sum, "n", "2500", "x", Self.text(of: Array(1...2500)))
            #expect(try await told(client).sum == expected([1]))
            #expect(try server.cli("ZCARD", Self.ids) == "1")
            let life = try #require(Int(server.cli("PTTL", Self.ids)))
            #expect(life > 3_600_000, "longer than answers live")
        }
    }

    private static func text(of numbers: [Int]) -> String {
        let ids = numbers.reduce(0 as UInt64) { sum, number in
            sum ^ SampleEntries.id(number).bytes.prefix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        }
        let digits = String(ids, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    @Test("It tells whether a mirror stands behind the newest line, and when the store has lost lines")
    func positions() async throws {
        try await withRedis { server, client in
            let (store, feed) = (RedisCacheStore(redis: client), RedisChangeFeed(redis: client))
            let head = try await feed.head()
            try await store.save(samples.entry(1))
            let behind = try await feed.sums(at: head, encoder: samples.encoder)
            #expect(!behind[Self.shard].isComparable)
            #expect(behind[2].isComparable)
            let now = try await feed.head()
            #expect(try await feed.sums(at: now, encoder: samples.encoder)[Self.shard].isComparable)
            _ = try server.cli("DEL", "rf:{01}:log")
            let error = await #expect(throws: CacheStoreError.self) {
                try await feed.sums(at: now, encoder: samples.encoder)
            }
            #expect(error?.code == .gap)
        }
    }

    @Test("It says of each entry what stands there: what was evicted goes, what it did not know comes")
    func settles() async throws {
        try await withRedis { server, client in
            let (store, feed) = (RedisCacheStore(redis: client), RedisChangeFeed(redis: client))
            for number in 1...300 { try await store.save(samples.entry(number)) }
            for number in 1...10 {
                _ = try server.cli("DEL", Keyspace.entry(SampleEntries.id(number), in: SampleEntries.partition(1)))
            }
            _ = try server.cli("DEL", Self.ids, Self.sum)
            let members = (1...300).map { number in
                RosterMember(entry: SampleEntries.id(number), expires: samples.entry(number).expires)
            }
            for _ in 0..<2 {
                let isThere = try await feed.settle(members, of: Self.shard, encoder: samples.encoder)
                #expect(isThere == (1...300).map { $0 > 10 })
                #expect(try await told(client).sum == expected(Array(11...300)))
            }
            var listed: Set<EntryID> = []
            var cursor = "0"
            repeat {
                let step = try await feed.members(of: Self.shard, from: cursor, encoder: samples.encoder)
                listed.formUnion(step.members.map(\.entry))
                #expect(step.members.allSatisfy { $0.expires == samples.entry(1).expires })
                cursor = step.next
            } while cursor != "0"
            #expect(listed == Set((11...300).map(SampleEntries.id)))
        }
    }

    @Test("A mirror makes up for a roster that was lost in part, is wrong, or in whose place something else stands",
          arguments: ["ids", "sum", "wrong", "foreign"])
    func repaired(harm: String) async throws {
        try await withRedis { server, client in
            let (store, feed) = (RedisCacheStore(redis: client), RedisChangeFeed(redis: client))
            for number in 1...20 { try await store.save(samples.entry(number)) }
            let index = VectorIndex(dimension: 16)
            let mirror = IndexMirror(
                feed: feed, index: index, encoder: samples.encoder, logger: quiet, roster: feed,
                rosterInterval: .zero, sweepInterval: .zero)
            let running = Task { try await mirror.run() }
            try await eventually { mirror.isComplete }
            switch harm {
            case "ids": _ = try server.cli("DEL", Self.ids)
            case "sum": _ = try server.cli("DEL", Self.sum)
            case "wrong": _ = try server.cli("HSET", Self.sum, "x", "0123456789abcdef")
            default:
                _ = try server.cli("SET", Self.ids, "x")
                _ = try server.cli("SET", Self.sum, "x")
            }
            try await store.save(samples.entry(21))
            // A check comes behind a change, of another shard, too; this one it can only compare while it rests.
            try await eventually {
                try await store.save(samples.entry(22, in: 2))
                let told = try await told(client)
                return mirror.figures.mismatches > 0 && told.sum == expected(Array(1...21))
            }
            #expect(index.count == 22)
            running.cancel()
            try await running.value
        }
    }

    @Test("Lines that the store has lost make a mirror read everything anew")
    func lostLog() async throws {
        try await withRedis { server, client in
            let (store, feed) = (RedisCacheStore(redis: client), RedisChangeFeed(redis: client))
            try await store.save(samples.entry(1))
            try await store.save(samples.entry(2, in: 2))
            let index = VectorIndex(dimension: 16)
            let mirror = IndexMirror(
                feed: feed, index: index, encoder: samples.encoder, logger: quiet, roster: feed,
                rosterInterval: .zero, sweepInterval: .zero)
            let running = Task { try await mirror.run() }
            try await eventually { mirror.isComplete && index.count == 2 }
            _ = try server.cli("FLUSHALL")
            try await eventually {
                try await store.save(samples.entry(3, in: 3))
                return mirror.figures.resyncs > 0 && mirror.isComplete && index.count == 1
            }
            running.cancel()
            try await running.value
        }
    }
}
