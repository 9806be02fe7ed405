import RedisClient

/// The scripts of leads. Each touches keys of one shard only.
enum FlightScripts {
    /// For how long lines are kept: readers are behind by milliseconds, and a claim reads what they may not have yet.
    static let lineLifeMilliseconds = 30_000
    /// Of one claim's reply: the newest.
    static let linesPerClaim = 128

    /// Takes the lead and tells it, or says who has it or that there is an answer. One from before the newest purge
    /// that the caller knows of is none, and one past its life, which is kept for outages, is none either.
    ///
    /// The line's id is the token, together with the shard: larger for each later lead of the shard.
    ///
    /// `KEYS` entry, lock, line stream; `ARGV` replica, life of the lead and of lines in milliseconds, `1` to ask for
    /// the lead even though there is an entry, newest line known, most lines to answer, newest purge known, then fields
    /// of the line.
    static let claim = RedisScript(
        """
        local held = redis.call('GET', KEYS[2])
        if held then return {'held', held, redis.call('PTTL', KEYS[2])} end
        local now = redis.call('TIME')
        if ARGV[4] ~= '1' then
          local made = redis.pcall('HMGET', KEYS[1], 'g', 'x')
          local time = now[1] * 1000 + math.floor(now[2] / 1000)
          if not made.err and (tonumber(made[1] or '') or -1) >= tonumber(ARGV[7])
            and (tonumber(made[2] or '') or 0) > time then return {'stored'} end
        end
        local oldest = string.format('%.0f', now[1] * 1000 - ARGV[3])
        local id = redis.call('XADD', KEYS[3], 'MINID', '~', oldest, '*', 'op', 'begin', 'r', ARGV[1], unpack(ARGV, 8))
        redis.call('PEXPIRE', KEYS[3], ARGV[3])
        redis.call('SET', KEYS[2], id, 'PX', ARGV[2])
        return {'granted', id,
          redis.call('XREVRANGE', KEYS[3], '(' .. id, '(' .. ARGV[5], 'COUNT', ARGV[6])}
        """)

    /// Adds a line: that parts of an answer are wanted, or some of them.
    ///
    /// `KEYS` stream; `ARGV` replica, life of lines in milliseconds, then fields of the line.
    static let tell = RedisScript(
        """
        local now = redis.call('TIME')
        local oldest = string.format('%.0f', now[1] * 1000 - ARGV[2])
        redis.call('XADD', KEYS[1], 'MINID', '~', oldest, '*', 'r', ARGV[1], unpack(ARGV, 3))
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        return redis.status_reply('OK')
        """)

    /// Prolongs a lead. `KEYS` lock; `ARGV` token, life in milliseconds.
    static let renew = RedisScript(
        """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        return redis.call('PEXPIRE', KEYS[1], ARGV[2])
        """)

    /// Gives a lead back if it is still held, and tells that the call is over.
    ///
    /// `KEYS` lock, line stream; `ARGV` token, replica, `1` if there is an answer, life of lines in milliseconds.
    static let end = RedisScript(
        """
        if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
        local now = redis.call('TIME')
        local oldest = string.format('%.0f', now[1] * 1000 - ARGV[4])
        redis.call('XADD', KEYS[2], 'MINID', '~', oldest, '*', 'op', 'end', 'r', ARGV[2], 't', ARGV[1], 'k', ARGV[3])
        redis.call('PEXPIRE', KEYS[2], ARGV[4])
        return redis.status_reply('OK')
        """)
}
