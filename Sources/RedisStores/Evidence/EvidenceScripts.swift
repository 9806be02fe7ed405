import RedisClient

/// The scripts by which replicas tell each other what they learned of hits.
///
/// One hash each: a field for each replica with when it was written (milliseconds since 1970), a colon and the
/// evidence; `#` counts the writes, `!` the drifts.
enum EvidenceScripts {
    /// Tells what this replica knows, and answers what is known of the others if that is news.
    ///
    /// `KEYS` the hash; `ARGV` replica, its evidence (empty for nothing new), the count of writes that was heard last,
    /// how many drifts are new, life of the key in milliseconds. Answers the count of writes, that of drifts, now in
    /// milliseconds, and all fields and values, or none if nobody else wrote since.
    static let exchange = RedisScript(
        """
        local time = redis.call('TIME')
        local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
        local writes = tonumber(redis.call('HGET', KEYS[1], '#') or '0') or 0
        local isNews = writes ~= tonumber(ARGV[3])
        if ARGV[2] ~= '' then
          redis.call('HSET', KEYS[1], ARGV[1], now .. ':' .. ARGV[2])
          writes = redis.call('HINCRBY', KEYS[1], '#', 1)
          redis.call('PEXPIRE', KEYS[1], ARGV[5])
        end
        local drifts = tonumber(redis.call('HGET', KEYS[1], '!') or '0') or 0
        if ARGV[4] ~= '0' then drifts = redis.call('HINCRBY', KEYS[1], '!', ARGV[4]) end
        return {writes, drifts, now, isNews and redis.call('HGETALL', KEYS[1]) or {}}
        """)

    /// Takes the field of a replica that is no more: it is deleted if it still is what was read.
    ///
    /// `KEYS` the hash; `ARGV` replica, when its field was written. Answers 1 to the one who may keep the evidence.
    static let take = RedisScript(
        """
        local value = redis.call('HGET', KEYS[1], ARGV[1])
        if not value or string.match(value, '^(%d+):') ~= ARGV[2] then return 0 end
        redis.call('HDEL', KEYS[1], ARGV[1])
        redis.call('HINCRBY', KEYS[1], '#', 1)
        return 1
        """)
}
