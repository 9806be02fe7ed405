import GatewayCore
import RedisClient

/// One of the records of decisions in Redis, and how long it is.
package struct DecisionRecord: Sendable {
    let key: String
    /// Lines that are kept, or a few more.
    let length: Int
    /// Older lines are dropped, and all of them when nobody writes for so long; nil keeps them.
    let life: Duration?

    /// Choices of targets.
    package static let targets = DecisionRecord(key: Keyspace.decisions, length: 10_000, life: nil)

    /// What the cache has decided.
    package static func cache(length: Int, life: Duration) -> DecisionRecord {
        DecisionRecord(key: Keyspace.cacheDecisions, length: max(length, 1), life: life)
    }

    /// Of what the cache has decided, to be read.
    package static let writtenByCache = DecisionRecord(key: Keyspace.cacheDecisions, length: 1, life: nil)

    /// What keeps the life, to be sent behind lines.
    func upkeep(at now: UnixTime) -> [RedisCommand] {
        guard let life else { return [] }
        let milliseconds = Int(life / .milliseconds(1))
        let oldest = max(Int(now.milliseconds) - milliseconds, 0)
        return [
            RedisCommand(
                "XTRIM", .string(key), .string("MINID"), .string("~"), .string("\(oldest)-0")),
            RedisCommand("PEXPIRE", .string(key), .integer(milliseconds)),
        ]
    }
}
