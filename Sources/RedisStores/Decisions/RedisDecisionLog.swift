import GatewayCore
package import NIOCore
package import RedisClient

/// The fleet's record of decisions: a stream in Redis that holds the last ten thousand or a few more.
package final class RedisDecisionLog: Sendable {
    private let redis: RedisClient
    private let waiting: AsyncStream<ByteBuffer>
    private let waiter: AsyncStream<ByteBuffer>.Continuation

    /// Lines that wait for Redis; with more the oldest are dropped: a record is no reason to use memory.
    private static let capacity = 1_024
    private static let length = 10_000
    private static let page = 500

    package init(redis: RedisClient) {
        self.redis = redis
        (waiting, waiter) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.capacity))
    }

    /// Hands a line over. Returns at once; any thread.
    package func add(_ line: ByteBuffer) { waiter.yield(line) }

    /// Writes what is handed over until the task is cancelled. A line that Redis does not take is lost.
    package func run() async {
        for await line in waiting {
            _ = try? await redis.send(
                RedisCommand(
                    "XADD", .string(Keyspace.decisions), .string("MAXLEN"), .string("~"), .integer(Self.length),
                    .string("*"), .string("d"), .buffer(line)))
        }
    }

    /// Hands all lines to `take`, oldest first, a page at a time.
    package static func read(
        from redis: RedisClient, _ take: (ByteBuffer) -> Void
    ) async throws(RedisError) {
        var start = "-"
        while true {
            let reply = try await redis.send(
                RedisCommand(
                    "XRANGE", .string(Keyspace.decisions), .string(start), .string("+"), .string("COUNT"),
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
