import RedisClient

/// The scripts that change entries. Each touches keys of one shard only.
enum CacheScripts {
    /// How far back a mirror may have fallen behind and still catch up without reading everything anew.
    static let logLifeMilliseconds = 60 * 60 * 1000

    /// Stores an entry and tells the log, or does neither: the log comes first, as only that command can fail (when
    /// something else stands under its key) and what a script did before an error stays done.
    ///
    /// `KEYS` entry, log; `ARGV` end in milliseconds since 1970, entry id, partition id (hexadecimal), life of the
    /// log in milliseconds, then field names and values.
    static let save = RedisScript(saving + "return redis.status_reply('OK')")

    /// What ``save`` does, for scripts that do more.
    static let saving = """
        local now = redis.call('TIME')
        local oldest = string.format('%.0f', now[1] * 1000 - ARGV[4])
        redis.call('XADD', KEYS[2], 'MINID', '~', oldest, '*', 'op', 'add', 'e', ARGV[2], 'p', ARGV[3])
        redis.call('DEL', KEYS[1])
        redis.call('HSET', KEYS[1], unpack(ARGV, 5))
        redis.call('PEXPIREAT', KEYS[1], ARGV[1])

        """

    /// Deletes an entry and tells the log; one of another partition under the same key is left alone. What is no hash
    /// at all is deleted too.
    ///
    /// `KEYS` entry, log; `ARGV` entry id, partition id, life of the log in milliseconds, partition's bytes.
    static let delete = RedisScript(
        """
        local owner = redis.pcall('HGET', KEYS[1], 'p')
        if type(owner) == 'string' and owner ~= ARGV[4] then return redis.status_reply('OK') end
        local now = redis.call('TIME')
        local oldest = string.format('%.0f', now[1] * 1000 - ARGV[3])
        redis.call('XADD', KEYS[2], 'MINID', '~', oldest, '*', 'op', 'del', 'e', ARGV[1], 'p', ARGV[2])
        redis.call('DEL', KEYS[1])
        return redis.status_reply('OK')
        """)
}
