#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import GatewayCore
import Logging
import NIOCore
import NIOPosix
import RedisClient
import RedisStores
import SemanticCache
import Telemetry

/// How fast a replica mirrors what Redis holds, beside how fast Redis hands out such replies at all.
struct MirrorBench {
    /// What was measured, with units in the names.
    struct Report: Codable {
        let entries: Int
        let seconds: Double
        let processorMicrosecondsPerEntry: Double
        let redisMicrosecondsPerEntry: Double
        /// `redis-benchmark` reading one entry's fields again and again, 128 commands in a pipeline on two connections.
        let benchmarkEntriesPerSecond: Double?
        let residentBytesPerEntry: Double

        var entriesPerSecond: Double { Double(entries) / seconds }
    }

    let entries: Int

    private static let dimension = 384
    private static let partitions = 10
    private static let encoder = EncoderIdentity(name: "bench", fingerprint: "00", dimension: dimension)
    /// Saves in flight.
    private static let width = 512
    private static let quiet = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }

    func run() async throws -> Report {
        let own = try await BenchRedis()
        defer { own.server.stop() }
        var configuration = try RedisClientConfiguration(url: own.url)
        configuration.commandTimeout = .seconds(30)
        let redis = try RedisClient(
            configuration: configuration, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: Self.quiet)
        redis.start()
        do {
            for _ in 0..<250 where !redis.isConnected { try await Task.sleep(for: .milliseconds(20)) }
            try await fill(RedisCacheStore(redis: redis))
            let report = try await measure(redis, of: own)
            await redis.shutdown()
            return report
        } catch {
            await redis.shutdown()
            throw error
        }
    }

    private func fill(_ store: RedisCacheStore) async throws {
        let created = UnixTime.now()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<entries {
                if number.isMultiple(of: 5_000) { BenchProgress.show("filling Redis: \(number) of \(entries)") }
                if number >= Self.width { _ = try await group.next() }
                guard let entry = Self.entry(number, created: created) else { continue }
                group.addTask { try await store.save(entry) }
            }
            try await group.waitForAll()
        }
    }

    private static func entry(_ number: Int, created: UnixTime) -> StoredEntry? {
        let name = (0..<16).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
        let wall = [UInt8](repeating: UInt8(number % partitions), count: 32)
        guard let id = EntryID(bytes: name), let partition = PartitionID(bytes: wall) else { return nil }
        return StoredEntry(
            id: id, partition: partition, question: Questions.rewording(number),
            answer: ByteBuffer(string: "{}"), model: "bench", usage: nil, created: created,
            expires: created + .seconds(3600),
            vector: EntryVector(encoder: encoder, embedding: CacheFilling.randomVector(number, dimension)))
    }

    private func measure(_ redis: RedisClient, of own: BenchRedis) async throws -> Report {
        BenchProgress.show("mirroring")
        let index = VectorIndex(dimension: Self.dimension)
        let mirror = IndexMirror(
            feed: RedisChangeFeed(redis: redis), index: index, encoder: Self.encoder, logger: Self.quiet)
        // The server is a child of this process: its time is in the first figure, too.
        let (before, redisBefore) = (ProcessUsage.ofTree(getpid()), ProcessUsage.ofTree(own.server.id))
        let start = ContinuousClock.now
        let running = Task { try await mirror.run() }
        while !mirror.isComplete, start.duration(to: .now) < .seconds(300) {
            try await Task.sleep(for: .milliseconds(2))
        }
        let seconds = start.duration(to: .now) / .seconds(1)
        let (after, redisAfter) = (ProcessUsage.ofTree(getpid()), ProcessUsage.ofTree(own.server.id))
        running.cancel()
        try await running.value
        guard index.count == entries else { throw BenchError("mirrored \(index.count) of \(entries) entries") }
        let used = after.processorTime - before.processorTime
        let redisUsed = redisAfter.processorTime - redisBefore.processorTime
        return Report(
            entries: entries, seconds: seconds,
            processorMicrosecondsPerEntry: (used - redisUsed).inMicroseconds / Double(entries),
            redisMicrosecondsPerEntry: redisUsed.inMicroseconds / Double(entries),
            benchmarkEntriesPerSecond: Self.benchmark(own),
            residentBytesPerEntry: Double(after.residentBytes - before.residentBytes) / Double(entries))
    }

    private static func benchmark(_ own: BenchRedis) -> Double? {
        BenchProgress.show("redis-benchmark")
        guard let entry = entry(0, created: .now()) else { return nil }
        let key = Keyspace.entry(entry.id, in: entry.partition)
        let output = ChildProcess.output(
            of: ["redis-benchmark", "-p", "\(own.port)", "-P", "128", "-c", "2", "-n", "500000", "--csv", "HMGET", key]
                + ["v", "p", "q", "exp", "enc", "vec"],
            in: own.directory)
        let fields = output?.split(separator: "\n").last?.split(separator: ",") ?? []
        return fields.count > 1 ? Double(fields[1].filter { $0 != "\"" }) : nil
    }
}

extension MirrorBench.Report {
    var table: TextTable {
        var table = TextTable(["mirroring \(entries) entries", "entries/s", "s", "CPU µs/entry", "Redis CPU µs"])
        table.add([
            "refrain", Figure.text(entriesPerSecond), Figure.text(seconds),
            Figure.text(processorMicrosecondsPerEntry), Figure.text(redisMicrosecondsPerEntry),
        ])
        table.add(["redis-benchmark, one entry again and again", Figure.text(benchmarkEntriesPerSecond)])
        return table
    }

    var bars: [Bar] {
        [Bar(goal: "1,000,000 entries mirrored ≤ 30 s", limit: 30, measured: 1e6 / entriesPerSecond)]
    }
}
