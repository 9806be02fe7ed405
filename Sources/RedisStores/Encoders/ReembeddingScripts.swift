import RedisClient

/// The scripts of moves from one encoder to another. What is known of a move stands under its former encoder: `to` the
/// present one, `cursor`, `rounds` that have ended, `done` when nothing was left, `rest` until when no round begins.
/// The lease is one for all moves: two that are opposite would undo each other's work.
enum ReembeddingScripts {
    /// For how long nobody else takes over from who says nothing.
    static let leaseMilliseconds = 30_000

    private static let clock = """
        local now = redis.call('TIME')
        now = now[1] * 1000 + math.floor(now[2] / 1000)

        """

    /// Who asks again has it for longer. What is known of a move away from the present encoder is forgotten: there are
    /// to be more of its entries.
    ///
    /// `KEYS` lease, move, move away from the present encoder; `ARGV` replica, the lease's life, present encoder.
    /// Answers whether it is the replica's, the cursor, the rounds and whether nothing was left.
    static let claim = RedisScript(
        clock + """
            local move = redis.call('HMGET', KEYS[2], 'to', 'cursor', 'rounds', 'done', 'rest')
            local isKnown = move[1] == ARGV[3]
            if not isKnown then move = {} end
            local holder = redis.call('GET', KEYS[1])
            local isFree = not holder or holder == ARGV[1]
            local isMine = isFree and (tonumber(move[5] or 0) or 0) <= now
            if isMine then
                redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
                redis.call('DEL', KEYS[3])
                if not isKnown then
                    redis.call('DEL', KEYS[2])
                    redis.call('HSET', KEYS[2], 'to', ARGV[3])
                end
            end
            return {
                isMine and 1 or 0, move[2] or '0', tonumber(move[3] or 0) or 0, move[4] == '1' and 1 or 0
            }
            """)

    /// What both scripts below begin with.
    private static let holding = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] or redis.call('HGET', KEYS[2], 'to') ~= ARGV[3] then return 0 end
        redis.call('PEXPIRE', KEYS[1], ARGV[2])

        """

    /// `KEYS` lease, move; `ARGV` replica, the lease's life, present encoder, cursor. Answers 0 when it is no longer
    /// the replica's.
    static let advance = RedisScript(
        holding + """
            redis.call('HSET', KEYS[2], 'cursor', ARGV[4])
            return 1
            """)

    /// `KEYS` lease, move; `ARGV` replica, the lease's life, present encoder, 1 when nothing was left, for how many
    /// milliseconds no round begins (0: the replica goes on at once). Answers as ``advance``.
    static let endRound = RedisScript(
        holding + clock + """
            redis.call('HSET', KEYS[2], 'cursor', '0', 'done', ARGV[4], 'rest',
                string.format('%.0f', now + tonumber(ARGV[5])))
            redis.call('HINCRBY', KEYS[2], 'rounds', 1)
            if ARGV[5] ~= '0' then redis.call('DEL', KEYS[1]) end
            return 1
            """)

    /// Puts other vectors into an entry, if it is what was read, and tells the log. Nothing else is touched: neither
    /// how long it lives nor what purges look at. So one that was deleted, replaced or written by somebody else
    /// meanwhile stays as it is.
    ///
    /// `KEYS` entry, log; `ARGV` entry id, partition id, life of the log in milliseconds, partition's bytes, the former
    /// encoder, the mirrored part and the head as they were read, when the entry expires, then field names and values.
    /// Answers whether it was.
    static let replace = RedisScript(
        RosterScripts.functions + CacheScripts.recounting + """
            local found = redis.pcall('HMGET', KEYS[1], 'p', 'enc', 'm', 'h', 'u')
            if found.err then return 0 end
            for place = 1, 4 do
                if found[place] ~= ARGV[place + 3] then return 0 end
            end
            local now = redis.call('TIME')
            local oldest = string.format('%.0f', now[1] * 1000 - ARGV[3])
            redis.call('XADD', KEYS[2], 'MINID', '~', oldest, '*', 'op', 'add', 'e', ARGV[1], 'p', ARGV[2])
            local added = 0
            for place = 9, #ARGV, 2 do
                added = added + #ARGV[place + 1] - redis.call('HSTRLEN', KEYS[1], ARGV[place])
            end
            redis.call('HSET', KEYS[1], unpack(ARGV, 9))
            enrol(string.sub(KEYS[2], 1, -4), ARGV[1], found[2], redis.call('HGET', KEYS[1], 'enc'), ARGV[8])
            if found[5] then recount(KEYS[2], found[5], ARGV[1], added) end
            return 1
            """)
}
