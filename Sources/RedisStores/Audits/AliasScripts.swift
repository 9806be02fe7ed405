import RedisClient

/// The script that makes a question another name of an entry.
enum AliasScripts {
    /// Stores the alias and tells the log, if the entry is still the one that was read and the question has no answer
    /// of its own; another alias gives way. What must be equal is the entry's head, as it was written: each time an
    /// answer is stored it is another one.
    ///
    /// `KEYS` alias, entry, log; `ARGV` the entry's head, alias id, partition id (hexadecimal), life of the log in
    /// milliseconds, until when the entry is kept and until when it is served in milliseconds since 1970, then field
    /// names and values. Answers 1 when it was made.
    static let promote = RedisScript(
        RosterScripts.functions + """
        if redis.pcall('HGET', KEYS[2], 'h') ~= ARGV[1] then return 0 end
        if redis.call('EXISTS', KEYS[1]) == 1 and redis.pcall('HEXISTS', KEYS[1], 'al') ~= 1 then return 0 end
        local now = redis.call('TIME')
        local oldest = string.format('%.0f', now[1] * 1000 - ARGV[4])
        redis.call('XADD', KEYS[3], 'MINID', '~', oldest, '*', 'op', 'add', 'e', ARGV[2], 'p', ARGV[3])
        local former = redis.pcall('HGET', KEYS[1], 'enc')
        redis.call('DEL', KEYS[1])
        redis.call('HSET', KEYS[1], unpack(ARGV, 7))
        redis.call('PEXPIREAT', KEYS[1], ARGV[5])
        enrol(string.sub(KEYS[3], 1, -4), ARGV[2], former, redis.call('HGET', KEYS[1], 'enc'), ARGV[6])
        return 1
        """)
}
