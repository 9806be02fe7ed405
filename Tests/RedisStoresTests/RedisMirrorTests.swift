import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import NIOCore
import RedisClient
import RedisStores
import SemanticCache
import Testing

@Suite("A mirror of Redis", .timeLimit(.minutes(2)))
struct RedisMirrorTests {
    private let samples = SampleEntries()

    /// Runs `body` beside a mirror, then cancels the mirror and waits for its end.
    private func withMirror(
        of client: RedisClient, _ body: (_ mirror: IndexMirror, _ index: VectorIndex) async throws -> Void
    ) async throws {
        let index = VectorIndex(dimension: 16)
        let mirror = IndexMirror(
            feed: RedisChangeFeed(redis: client), index: index, encoder: samples.encoder, logger: quiet)
        let running = Task { try await mirror.run() }
        let result: Result<Void, any Error>
        do { result = .success(try await body(mirror, index)) } catch { result = .failure(error) }
        running.cancel()
        try await running.value
        try result.get()
    }

    @Test("The group of an answer is mirrored, also when it joins another; an entry that is gone joins none")
    func groups() async throws {
        try await withRedis { _, client in
            let store = RedisCacheStore(redis: client)
            var entry = samples.entry(1)
            entry.group = .max - 6
            try await store.save(entry)
            try await withMirror(of: client) { mirror, index in
                let scanner = VectorScanner(dimension: 16, queueLimit: 8)
                defer { scanner.shutdown() }
                func group() async -> UInt64? {
                    guard let partition = index.partition(SampleEntries.partition(1)) else { return nil }
                    return await scanner.nearest(to: samples.vector(1), in: partition, count: 1, atLeast: 0)?
                        .candidates.first?.row.group
                }
                try await eventually { await group() == .max - 6 }
                try await store.join(entry.id, in: entry.partition, of: .open, to: 9)
                try await eventually { await group() == 9 }
                try await store.join(SampleEntries.id(2), in: entry.partition, of: .open, to: 9)
                try await store.join(entry.id, in: SampleEntries.partition(65), of: .open, to: 10)
                #expect(try await store.load(SampleEntries.id(2), in: entry.partition, of: .open) == nil)
                #expect(await group() == 9)
            }
        }
    }

    @Test("What another client saves appears, what it deletes disappears")
    func follows() async throws {
        try await withRedis { server, client in
            for number in 0..<500 { try await RedisCacheStore(redis: client).save(samples.entry(number)) }
            try await withMirror(of: client) { mirror, index in
                try await eventually { mirror.isComplete }
                #expect(index.count == 500)
                try await withClient(of: server) { other in
                    let store = RedisCacheStore(redis: other)
                    var delays: [Duration] = []
                    for number in 500..<520 {
                        try await store.save(samples.entry(number, in: UInt8(number % 256)))
                        let saved = ContinuousClock.now
                        try await eventually { index.count == number + 1 }
                        delays.append(saved.duration(to: .now))
                    }
                    let sorted = delays.sorted().map { $0 / .milliseconds(1) }
                    print("saved to mirrored, ms: median \(sorted[10]), longest \(sorted[19])")
                    try await store.delete(SampleEntries.id(7), in: SampleEntries.partition(1))
                    try await eventually { index.count == 519 }
                }
            }
        }
    }

    @Test("After FLUSHALL new entries are mirrored as before")
    func flushed() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            try await store.save(samples.entry(1))
            try await withMirror(of: client) { mirror, index in
                try await eventually { mirror.isComplete && index.count == 1 }
                _ = try server.cli("FLUSHALL")
                try await store.save(samples.entry(2, in: 9))
                try await eventually { index.partition(SampleEntries.partition(9))?.count == 1 }
                try await store.save(samples.entry(3, in: 1))
                try await eventually { index.partition(SampleEntries.partition(1))?.count == 2 }
            }
        }
    }

    @Test("After a restart of the server without its memory the mirror holds what is there now")
    func restarted() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            for number in 0..<50 { try await store.save(samples.entry(number)) }
            try await withMirror(of: client) { mirror, index in
                try await eventually { mirror.isComplete && index.count == 50 }
                server.kill()
                try await eventually { !mirror.isComplete }
                try server.start()
                try await eventually { (try? await store.save(samples.entry(100))) != nil }
                try await eventually { mirror.isComplete && index.count == 1 }
            }
        }
    }

    @Test("Thousands of changes that came at once are all mirrored")
    func manyAtOnce() async throws {
        try await withRedis { server, client in
            try await withMirror(of: client) { mirror, index in
                try await eventually { mirror.isComplete }
                let store = RedisCacheStore(redis: client)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<3_000 {
                        group.addTask { try await store.save(samples.entry(number, in: UInt8(number % 256))) }
                    }
                    try await group.waitForAll()
                }
                try await eventually { index.count == 3_000 }
            }
        }
    }

    @Test("A position too old, or an encoder of another length, is no trouble")
    func strangeReaders() async throws {
        try await withRedis { _, client in
            let feed = RedisChangeFeed(redis: client)
            try await RedisCacheStore(redis: client).save(samples.entry(1))
            let head = try await feed.head()
            let old = FeedPosition(lastSeen: head.lastSeen, taken: .now - .seconds(3600))
            let error = await #expect(throws: CacheStoreError.self) {
                try await feed.changes(after: old, wait: .milliseconds(1))
            }
            #expect(error?.code == .gap)
            let other = EncoderIdentity(name: "sample", fingerprint: "f00d", dimension: 17)
            #expect(try await feed.everything(of: other).isEmpty)
        }
    }

    @Test("Keys and log lines that are not ours are passed over; what cannot be read just now is not taken for gone")
    func foreignKeys() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            let feed = RedisChangeFeed(redis: client)
            let head = try await feed.head()
            try await store.save(samples.entry(1))
            for key in ["rf:{00}:e:", "rf:{00}:e:xyz", "rf:{}:e:00", "rf:{00}:e:" + String(repeating: "a", count: 32)] {
                _ = try server.cli("SET", key, "x")
            }
            let entries = try await feed.everything(of: samples.encoder)
            #expect(entries.map(\.id) == [SampleEntries.id(1)])
            for line in [["x", "y"], ["op", "add"], ["op", "add", "e", "zz", "p", "zz"], ["op", "tag", "e", "00"]] {
                _ = try await client.send(line.reduce(into: RedisCommand("XADD", "rf:{01}:log", "*")) { $0.append($1) })
            }
            let changes = try await feed.changes(after: head, wait: .milliseconds(20)).changes
            #expect(changes == [.added(SampleEntries.id(1), SampleEntries.partition(1))])
            _ = try server.cli("ACL", "SETUSER", "default", "-hmget")
            await #expect(throws: CacheStoreError.self) { try await feed.everything(of: samples.encoder) }
        }
    }

    @Test("A load leaves no connection behind, whether it ends, fails or is cancelled")
    func connections() async throws {
        try await withRedis { server, client in
            let store = RedisCacheStore(redis: client)
            for number in 0..<600 { try await store.save(samples.entry(number)) }
            let before = try await Self.connections(client)
            let feed = RedisChangeFeed(redis: client)
            #expect(try await feed.everything(of: samples.encoder).count == 600)
            #expect(try await Self.connections(client) == before)

            let count = NIOLockedValueBox(0)
            let loading = NIOLockedValueBox<Task<Void, any Error>?>(nil)
            let started = ProceedGate()
            let task = Task {
                try await started.wait()
                try await feed.load(encoder: samples.encoder) { piece in
                    count.withLockedValue { $0 += piece.entries.count }
                    loading.withLockedValue { $0 }?.cancel()
                }
            }
            loading.withLockedValue { $0 = task }
            started.proceed()
            await #expect(throws: CacheStoreError.self) { try await task.value }
            #expect(count.withLockedValue { $0 } < 600)
            #expect(try await Self.connections(client) == before)

            _ = try server.cli("ACL", "SETUSER", "default", "-hmget")
            await #expect(throws: CacheStoreError.self) { try await feed.everything(of: samples.encoder) }
            #expect(try await Self.connections(client) == before)
        }
    }

    @Test("An account that may not count keys loads all the same, and is told no total")
    func uncounted() async throws {
        try await withRedis { server, client in
            for number in 0..<10 { try await RedisCacheStore(redis: client).save(samples.entry(number)) }
            let feed = RedisChangeFeed(redis: client)
            let pieces = NIOLockedValueBox<[FeedPiece]>([])
            try await feed.load(encoder: samples.encoder) { piece in pieces.withLockedValue { $0.append(piece) } }
            // Ten entries, log and roster of their partition and the purges of their tenant.
            #expect(pieces.withLockedValue { $0 }.allSatisfy { $0.total == 14 })
            _ = try server.cli("ACL", "SETUSER", "default", "-dbsize")
            pieces.withLockedValue { $0 = [] }
            try await feed.load(encoder: samples.encoder) { piece in pieces.withLockedValue { $0.append(piece) } }
            let seen = pieces.withLockedValue { $0 }
            #expect(seen.allSatisfy { $0.total == nil })
            #expect(seen.reduce(0) { $0 + $1.seen } == 10)
        }
    }

    /// How many connections the server has, without those of its command line.
    private static func connections(_ client: RedisClient) async throws -> Int {
        try await client.send(RedisCommand("CLIENT", "LIST")).string?.split(separator: "\n").count ?? 0
    }
}
