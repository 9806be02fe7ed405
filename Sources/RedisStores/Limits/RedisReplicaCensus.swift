import NIOConcurrencyHelpers
package import RedisClient
package import Routing

/// Tells the fleet that this replica lives, and learns how many do.
package struct RedisReplicaCensus: Sendable {
    private let redis: RedisClient
    private let replica: String
    private let live: LiveReplicas
    private let pause: Duration
    private let number = NIOLockedValueBox(ReplicaCount())

    /// - Parameters:
    ///   - replica: names this process; no other has the same name.
    ///   - pause: between two beats.
    package init(redis: RedisClient, replica: String, live: LiveReplicas, pause: Duration = .seconds(3)) {
        self.redis = redis
        self.replica = replica
        self.live = live
        self.pause = pause
    }

    /// Beats until the task is cancelled, then signs off. While Redis is away the last count stands.
    package func run() async {
        while !Task.isCancelled {
            await beat()
            try? await Task.sleep(for: pause)
        }
        // The task is cancelled, and with it every call it makes; the farewell needs one that is not.
        let farewell = RedisCommand("ZREM", .string(Keyspace.replicas), .string(replica))
        await Task { _ = try? await redis.send(farewell) }.value
    }

    /// One beat.
    func beat() async {
        let reply = try? await redis.evaluate(
            Self.script, keys: [Keyspace.replicas],
            arguments: [.string(replica), .integer(ReplicaCount.silenceMilliseconds)])
        guard let answer = reply?.array, answer.count == 2, let wasKnown = answer[0].integer,
            let count = answer[1].integer
        else { return number.withLockedValue { $0.failed() } }
        live.update(
            number.withLockedValue { $0.counted(Int(clamping: count), wasKnown: wasKnown == 1, now: .now) })
    }

    /// `KEYS`: the replicas. `ARGV`: this one, the longest silence in ms. Answers whether this one was among them, and
    /// how many live.
    private static let script = RedisScript(
        """
        -- refrain replicas 2
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local known = redis.call('ZSCORE', KEYS[1], ARGV[1])
        redis.call('ZADD', KEYS[1], now, ARGV[1])
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
        redis.call('PEXPIRE', KEYS[1], 60000)
        return {known and 1 or 0, redis.call('ZCARD', KEYS[1])}
        """)
}
