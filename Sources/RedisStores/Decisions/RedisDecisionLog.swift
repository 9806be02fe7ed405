import GatewayCore
import NIOConcurrencyHelpers
package import NIOCore
package import RedisClient

/// A record of the fleet's decisions: a stream in Redis that holds the last lines, as many as its kind says or a few
/// more, and where its kind has a life none that is older.
package final class RedisDecisionLog: Sendable {
    private let redis: RedisClient
    private let record: DecisionRecord
    private let waiting = NIOLockedValueBox(CircularBuffer<ByteBuffer>())
    /// Rings when there is something to write; rings of a busy time come as one.
    private let rings: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation

    /// Lines that wait for Redis; with more the oldest are dropped: a record is no reason to use memory.
    private static let capacity = 1_024
    private static let page = 500
    /// Lines that are written together: a write must end within a command's time limit.
    private static let batch = 100

    package init(redis: RedisClient, record: DecisionRecord = .targets) {
        self.redis = redis
        self.record = record
        (rings, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Hands a line over. Returns at once; any thread.
    package func add(_ line: ByteBuffer) {
        waiting.withLockedValue { lines in
            if lines.count == Self.capacity { lines.removeFirst() }
            lines.append(line)
        }
        bell.yield()
    }

    /// Writes what is handed over until the task is cancelled. A line that Redis does not take is lost.
    package func run() async {
        for await _ in rings {
            while true {
                let lines = takeBatch()
                if lines.isEmpty { break }
                _ = try? await redis.send(lines.map(addition(of:)) + record.upkeep(at: .now()))
            }
        }
    }

    private func takeBatch() -> [ByteBuffer] {
        waiting.withLockedValue { lines in
            let batch = Array(lines.prefix(Self.batch))
            lines.removeFirst(batch.count)
            return batch
        }
    }

    private func addition(of line: ByteBuffer) -> RedisCommand {
        RedisCommand(
            "XADD", .string(record.key), .string("MAXLEN"), .string("~"), .integer(record.length), .string("*"),
            .string("d"), .buffer(line))
    }

    /// Hands all lines to `take`, oldest first, a page at a time.
    package static func read(
        from redis: RedisClient, record: DecisionRecord = .targets, _ take: (ByteBuffer) -> Void
    ) async throws(RedisError) {
        var start = "-"
        while true {
            let reply = try await redis.send(
                RedisCommand(
                    "XRANGE", .string(record.key), .string(start), .string("+"), .string("COUNT"),
                    .integer(page)))
            let entries = try reply.expectArray()
            for entry in entries {
                guard let parts = entry.array, parts.count == 2, let id = parts[0].string else { continue }
                // From behind it on.
                start = "(" + id
                if let fields = parts[1].array, fields.count >= 2, let line = fields[1].bytes { take(line) }
            }
            if entries.count < page { return }
        }
    }
}
