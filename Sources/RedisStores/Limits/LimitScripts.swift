package import RedisClient

/// The scripts that count use and give room. Every key of a call has the hash tag `{rl}`, so they work in a cluster.
///
/// What they share is the same text: its version is in its first line, and so in the name of each script. Two versions
/// may run side by side while replicas are exchanged, as long as the layout of the keys is the same.
package struct LimitScripts: Sendable {
    /// Where the scripts take the time from. Never from the caller: replicas' clocks differ.
    package enum Clock: Sendable {
        case server
        /// A key that holds milliseconds since 1970. For tests, which move it; all else of the text is the same.
        case key(String)

        fileprivate var expression: String {
            switch self {
            case .server: "(function(t) return t[1] * 1000 + math.floor(t[2] / 1000) end)(redis.call('TIME'))"
            case .key(let key): "tonumber(redis.call('GET', '\(key)'))"
            }
        }
    }

    package let pick: RedisScript
    package let settle: RedisScript
    package let feedback: RedisScript

    package init(clock: Clock = .server) {
        let shared = "-- refrain limits 1\nlocal now = \(clock.expression)\n" + Self.window
        pick = RedisScript(shared + Self.room + Self.budget + Self.pickBody)
        settle = RedisScript(shared + Self.budget + Self.settleBody)
        feedback = RedisScript(shared + Self.feedbackBody)
    }
}
