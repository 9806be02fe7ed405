import RedisClient

/// The scripts over a tenant's purges: a hash in which `v` is the newest purge, `all` since when answers count at all,
/// and each other field the last purge of what it names (`ns:`, `tag:`, `principal:`, `model:`), but for `before`, a
/// time in milliseconds.
///
/// Purges are numbered by the server's clock in microseconds, and never backwards. So numbers are not given twice, also
/// when the hash was lost or evicted; and as a hash made anew says since when answers count, what was purged before it
/// was lost stays purged.
enum PurgeScripts {
    /// More purged names than these are let go, and everything from before with them.
    static let fieldsLimit = 100_000

    private static let clock = """
        local time = redis.call('TIME')
        local function number(value) return string.format('%.0f', value) end
        local now = tonumber(time[1]) * 1000000 + tonumber(time[2])

        """

    /// The newest purge. Makes the hash anew when it is not there, or behind what somebody has seen of it already:
    /// then purges were lost, and nothing from before counts.
    ///
    /// `KEYS` purges; `ARGV` the newest purge that was seen, or 0.
    static let establish = RedisScript(
        clock + """
            local newest = tonumber(redis.call('HGET', KEYS[1], 'v'))
            local seen = tonumber(ARGV[1])
            if newest and newest >= seen then return number(newest) end
            newest = number(math.max(now, seen + 1))
            redis.call('HSET', KEYS[1], 'v', newest, 'all', newest)
            return newest
            """)

    /// Purges.
    ///
    /// `KEYS` purges; `ARGV` the field, for `before` the time, the limit of fields.
    static let purge = RedisScript(
        clock + """
            local newest = tonumber(redis.call('HGET', KEYS[1], 'v'))
            local next = number(math.max(now, (newest or 0) + 1))
            if not newest then redis.call('HSET', KEYS[1], 'all', next) end
            if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[3]) then
                redis.call('DEL', KEYS[1])
                redis.call('HSET', KEYS[1], 'all', next)
            end
            if ARGV[1] == 'before' then
                local time = math.max(tonumber(redis.call('HGET', KEYS[1], 'before')) or 0, tonumber(ARGV[2]))
                redis.call('HSET', KEYS[1], 'before', number(time))
            else
                redis.call('HSET', KEYS[1], ARGV[1], next)
            end
            redis.call('HSET', KEYS[1], 'v', next)
            return next
            """)
}
