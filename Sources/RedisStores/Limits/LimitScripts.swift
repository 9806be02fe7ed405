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

        fileprivate var statement: String {
            switch self {
            case .server: "local time = redis.call('TIME')\nlocal now = time[1] * 1000 + math.floor(time[2] / 1000)\n"
            case .key(let key): "local now = tonumber(redis.call('GET', '\(key)'))\n"
            }
        }
    }

    /// A function that makes what the rarer cases need when one of them comes: making it costs 2 µs, and most calls
    /// are of the plain kind, which the bodies do themselves.
    private static func onDemand(_ name: String, _ text: String, gives results: String) -> String {
        "local function \(name)()\n\(text)return \(results)\nend\n"
    }

    package let pick: RedisScript
    package let settle: RedisScript
    package let cancel: RedisScript
    package let feedback: RedisScript
    package let renew: RedisScript

    package init(clock: Clock = .server) {
        let shared = "-- refrain limits 1\n" + clock.statement + Self.names
        let money = Self.onDemand("money", Self.budget, gives: "account")
        let use = Self.onDemand("use", Self.window, gives: "open, save, take")
        let fit = Self.onDemand("use", Self.window + Self.room, gives: "open, save, room, wait, take, cost")
        pick = RedisScript(shared + Self.pickArguments + fit + money + Self.pickBody)
        settle = RedisScript(shared + use + money + Self.settleBody)
        cancel = RedisScript(shared + use + money + Self.cancelBody)
        feedback = RedisScript(shared + Self.window + Self.feedbackBody)
        renew = RedisScript(shared + Self.renewBody)
    }
}
