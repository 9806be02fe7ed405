import GatewayCore
import RedisClient

extension RedisClientConfiguration {
    /// Reads `redis`.
    mutating func read(_ section: ConfigSection) {
        section.read("url", .redisURL(section.reader.secrets), into: &self)
        if let secret = section.optional("password", .secret(section.reader.secrets)) {
            credentials = RedisCredentials(user: credentials?.user, password: secret.exposed)
        }
        let time = ConfigKind.duration(.milliseconds(1) ... .seconds(60))
        section.read("connect_timeout", time, into: &connectTimeout)
        section.read("command_timeout", time, into: &commandTimeout)
        section.read("stalled_after_timeouts", .integer(1...10_000), into: &stalledAfterTimeouts)
        section.read("connections", .integer(1...64), into: &connectionCount)
        section.read("queue_limit", .integer(1...1_000_000), into: &maximumQueuedCommands)
        section.read("reply_limit", .bytes(1024...1 << 30), into: &maximumReplySize)
        section.read("reconnect_min", time, into: &backoff.base)
        section.read("reconnect_max", time, into: &backoff.maximum)
        if backoff.base > backoff.maximum {
            section.refuse("reconnect_max", "expected at least redis.reconnect_min, found less")
        }
    }
}
