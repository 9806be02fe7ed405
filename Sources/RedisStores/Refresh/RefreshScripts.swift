import RedisClient

/// The scripts over the leases under which answers are made anew: for each answer a hash in which `n` is the newest
/// lease's number, `u` until when it holds, and `c` when the answer was made that was stored under one; times in
/// milliseconds by the server's clock, but for `c`, which is as the answer's own.
///
/// Leases are numbered by the clock in microseconds and never backwards, so that no number comes twice, also when the
/// hash was lost. It goes when the answer is deleted or another one is stored in its place, see ``CacheScripts``: what
/// is asked for under a lease of before is older than that.
enum RefreshScripts {
    /// How long a hash outlives its lease: longer than anybody serves from memory an answer that was replaced, so that
    /// who still sees that is told of it.
    static let memoryMilliseconds = 10 * 60 * 1000

    private static let clock = """
        local time = redis.call('TIME')
        local micros = tonumber(time[1]) * 1000000 + tonumber(time[2])
        local millis = math.floor(micros / 1000)
        local function number(value) return string.format('%.0f', value) end

        """

    /// Asks for a lease. Answers its number and 0; 0 and for how many milliseconds somebody else's still holds; or 0
    /// twice, if the answer was made anew since.
    ///
    /// `KEYS` lease; `ARGV` when the answer was made that was seen, the lease's life, the hash's.
    static let claim = RedisScript(
        clock + """
            local held = redis.call('HMGET', KEYS[1], 'n', 'u', 'c')
            if held[3] and tonumber(held[3]) > tonumber(ARGV[1]) then return {0, 0} end
            local left = (tonumber(held[2] or 0) or 0) - millis
            if left > 0 then return {0, left} end
            local next = number(math.max(micros, (tonumber(held[1] or 0) or 0) + 1))
            redis.call('HSET', KEYS[1], 'n', next, 'u', number(millis + tonumber(ARGV[2])))
            redis.call('PEXPIRE', KEYS[1], ARGV[3])
            return {tonumber(next), 0}
            """)

    /// Stores an answer made anew, unless the lease has ended, the answer before is gone, or its question has become
    /// another name of an entry. Answers whether it did. By whose lead the answer before was asked for stays noted, so
    /// that none of before takes the new one's place.
    ///
    /// `KEYS` as ``CacheScripts/save``; `ARGV` too, and behind them the lease's number, when the answer was made.
    static let save = RedisScript(opening + CacheScripts.saving() + closing + "return 1")

    /// What ``save`` does in front of ``CacheScripts/saving(behind:)``.
    static let opening = """
        local made = table.remove(ARGV)
        local lease = table.remove(ARGV)
        if redis.call('HGET', KEYS[4], 'n') ~= lease then return 0 end
        if redis.call('EXISTS', KEYS[1]) == 0 or redis.pcall('HEXISTS', KEYS[1], 'al') == 1 then return 0 end
        local fence = redis.pcall('HGET', KEYS[1], 'fn')

        """

    /// And behind it.
    static let closing = """
        if type(fence) == 'string' then redis.call('HSET', KEYS[1], 'fn', fence) end
        redis.call('HSET', KEYS[4], 'c', made)
        redis.call('HDEL', KEYS[4], 'u')

        """

    /// Ends a lease under which nothing was stored, unless another one was given since.
    ///
    /// `KEYS` lease; `ARGV` its number, for how many milliseconds nobody tries again.
    static let giveUp = RedisScript(
        clock + """
            if redis.call('HGET', KEYS[1], 'n') ~= ARGV[1] then return 0 end
            redis.call('HSET', KEYS[1], 'u', number(millis + tonumber(ARGV[2])))
            return 1
            """)
}
