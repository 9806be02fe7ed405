package import NIOCore
package import ProviderAPIs
package import RedisClient

/// Thoughts of calls in Redis, so that any replica can give them back.
package final class RedisThoughtStore: ThoughtStore {
    private let redis: RedisClient
    private let life: Int
    private let waiting: AsyncStream<(key: ThoughtKey, json: ByteBuffer)>
    private let waiter: AsyncStream<(key: ThoughtKey, json: ByteBuffer)>.Continuation

    /// What waits for Redis; with more the oldest are lost.
    private static let capacity = 1_024
    /// The longest that is kept, in bytes.
    package static let sizeLimit = 64 * 1024

    package init(redis: RedisClient, life: Duration = .seconds(3600)) {
        self.redis = redis
        self.life = max(1, Int(life / .milliseconds(1)))
        (waiting, waiter) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.capacity))
    }

    package func keep(_ thoughts: [(key: ThoughtKey, json: ByteBuffer)]) {
        for thought in thoughts where thought.json.readableBytes <= Self.sizeLimit { waiter.yield(thought) }
    }

    package func thoughts(under keys: [ThoughtKey]) async -> [ByteBuffer?] {
        guard !keys.isEmpty else { return [] }
        var command = RedisCommand("MGET")
        for key in keys { command.append(Keyspace.thought(key)) }
        let reply = try? await redis.send(command).expectArray()
        return reply?.map(\.bytes) ?? []
    }

    /// Writes what is to be kept until the task is cancelled.
    package func run() async {
        for await (key, json) in waiting {
            _ = try? await redis.send(
                RedisCommand(
                    "SET", .string(Keyspace.thought(key)), .buffer(json), .string("PX"), .integer(life)))
        }
    }
}
