import GatewayTesting
import NIOConcurrencyHelpers
import NIOCore
import RedisClient
import Testing

@testable import RedisStores

@Suite("The record of decisions in Redis", .timeLimit(.minutes(2)))
struct RedisDecisionLogTests {
    private static func lines(_ client: RedisClient) async throws -> [String] {
        let lines = NIOLockedValueBox<[String]>([])
        try await RedisDecisionLog.read(from: client) { line in
            lines.withLockedValue { $0.append(String(buffer: line)) }
        }
        return lines.withLockedValue { $0 }
    }

    private static func length(_ client: RedisClient) async throws -> Int {
        try await Int(client.send(RedisCommand("XLEN", .string(Keyspace.decisions))).expectInteger())
    }

    @Test("What is written is read back in its order, over pages of every size")
    func roundTrip() async throws {
        try await withRedis { _, client in
            #expect(try await Self.lines(client).isEmpty)
            let log = RedisDecisionLog(redis: client)
            let writer = Task { await log.run() }
            // The second batch ends on a full page, the third on one more.
            for (first, last) in [(0, 3), (3, 500), (500, 1_001)] {
                for number in first..<last { log.add(ByteBuffer(string: #"{"n":\#(number)}"#)) }
                try await eventually { try await Self.lines(client).count == last }
            }
            let expected = (0..<1_001).map { #"{"n":\#($0)}"# }
            #expect(try await Self.lines(client) == expected)
            writer.cancel()
            await writer.value
        }
    }

    @Test("The stream holds ten thousand lines and little more")
    func bounded() async throws {
        try await withRedis { _, client in
            let log = RedisDecisionLog(redis: client)
            let writer = Task { await log.run() }
            for batch in 0..<12 {
                for number in 0..<1_000 { log.add(ByteBuffer(string: "\(batch) \(number)")) }
                // Until something is cut off, the length says as much as the lines and costs little.
                if batch < 9 {
                    try await eventually { try await Self.length(client) == (batch + 1) * 1_000 }
                } else {
                    try await eventually { try await Self.lines(client).last == "\(batch) 999" }
                }
            }
            let length = try await Self.length(client)
            // Redis trims whole nodes of a hundred entries.
            #expect((10_000...10_200).contains(length))
            writer.cancel()
            await writer.value
        }
    }

    @Test("While Redis is away nobody waits, and what is too much is dropped")
    func away() async throws {
        let server = try RedisServer()
        try await withClient(of: server) { client in
            server.kill()
            let log = RedisDecisionLog(redis: client)
            for number in 0..<5_000 { log.add(ByteBuffer(string: "\(number)")) }
            let writer = Task { await log.run() }
            writer.cancel()
            await writer.value
        }
    }

    @Test("The cache's record stands apart, and ends with its life")
    func life() async throws {
        try await withRedis { server, client in
            let record = DecisionRecord.cache(length: 1_000, life: .seconds(100))
            let log = RedisDecisionLog(redis: client, record: record)
            let writer = Task { await log.run() }
            // As old as its id says: trimming by "~" drops whole nodes of a hundred lines.
            for number in 1...200 { _ = try server.cli("XADD", "rf:cache:decisions", "1-\(number)", "d", "old") }
            log.add(ByteBuffer(string: "new"))
            try await eventually {
                let life = try Int(server.cli("PTTL", "rf:cache:decisions")) ?? 0
                return life > 0 && life <= 100_000
            }
            let kept = NIOLockedValueBox<[String]>([])
            try await RedisDecisionLog.read(from: client, record: .writtenByCache) { line in
                kept.withLockedValue { $0.append(String(buffer: line)) }
            }
            let lines = kept.withLockedValue { $0 }
            #expect(lines.last == "new" && lines.count <= 101)
            #expect(try await Self.lines(client).isEmpty)
            writer.cancel()
            await writer.value
        }
    }
}
