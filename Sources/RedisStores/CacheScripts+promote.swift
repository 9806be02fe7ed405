import RedisClient

extension CacheScripts {
    /// A function that notes in the ledger of the tenant that pays for an entry how many bytes it has become larger.
    /// The ledger stands in the log's shard.
    static let recounting = """
        local function recount(log, payer, entry, added)
            local ledger = string.sub(log, 1, -4) .. 'use:' .. payer
            local line = redis.call('HGET', ledger, entry)
            if not line then return end
            local bytes, rest = string.match(line, '^(%d+)(:.*)$')
            redis.call('HSET', ledger, entry, string.format('%.0f', bytes + added) .. rest)
            redis.call('HINCRBY', ledger, 't', string.format('%.0f', added))
        end

        """

    /// Adds what a mirror needs to an entry that is found by its own words alone, and tells the log. What stands there
    /// by now may be another answer, which has another end: that is left alone, as is a curated one. Counts what was
    /// added if a tenant's quota pays for the entry. Answers whether it was there.
    ///
    /// `KEYS` entry, log; `ARGV` entry id, partition id, life of the log in milliseconds, partition's bytes, when the
    /// entry expires, then field names and values.
    static let promote = RedisScript(
        RosterScripts.functions + recounting + """
            local found = redis.pcall('HMGET', KEYS[1], 'p', 'x', 'enc', 'k', 'u')
            if found.err or found[1] ~= ARGV[4] or found[2] ~= ARGV[5] or found[3] or found[4] then return 0 end
            local now = redis.call('TIME')
            local oldest = string.format('%.0f', now[1] * 1000 - ARGV[3])
            redis.call('XADD', KEYS[2], 'MINID', '~', oldest, '*', 'op', 'add', 'e', ARGV[1], 'p', ARGV[2])
            local added = -redis.call('HSTRLEN', KEYS[1], 'm')
            for place = 6, #ARGV do added = added + #ARGV[place] end
            redis.call('HSET', KEYS[1], unpack(ARGV, 6))
            enrol(string.sub(KEYS[2], 1, -4), ARGV[1], nil, redis.call('HGET', KEYS[1], 'enc'), ARGV[5])
            if found[5] then recount(KEYS[2], found[5], ARGV[1], added) end
            return 1
            """)
}
