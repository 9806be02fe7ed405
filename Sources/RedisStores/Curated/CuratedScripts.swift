import RedisClient

/// The scripts over curated answers. All keys of one answer stand in its partition's shard, so one script changes its
/// record and all its entries.
///
/// A record is a hash: `j` the line as JSON, `d` its digest, `e` its entries' ids (32 hexadecimal digits each), `l`
/// labels, `g` generation, `at` when it was put there, `exp` until when it is served. Records outlive their entries:
/// they tell what was imported.
enum CuratedScripts {
    /// Functions over the entries of the answer in `id`. Keys of entries are made from their ids, as only the record
    /// knows them; they carry the same hash tag as those that are given.
    private static let entries = """
        local now = redis.call('TIME')
        local oldest = string.format('%.0f', now[1] * 1000 - life)
        local function tell(op, entry)
            redis.call('XADD', log, 'MINID', '~', oldest, '*', 'op', op, 'e', entry, 'p', wall)
        end
        local function drop(kept)
            local old = redis.call('HGET', KEYS[1], 'e') or ''
            local dropped = 0
            for place = 1, #old, 32 do
                local entry = string.sub(old, place, place + 31)
                local key = prefix .. entry
                if not kept[entry] and redis.call('HGET', key, 'k') == id then
                    tell('del', entry)
                    redis.call('DEL', key)
                    dropped = dropped + 1
                end
            end
            return dropped
        end

        """

    /// Puts an answer in the place of what stood under its id.
    ///
    /// `KEYS` record, ids, log, entries; `ARGV` the answer's id, partition id, life of the log in milliseconds, what
    /// the keys of entries begin with, `1` to take other answers' questions, the number of the record's field names and
    /// values, those; then for each entry its id, expiry in milliseconds since 1970 or 0 for none, the number of its
    /// field names and values, those. Answers `OK`, or the number of an entry that is another answer's, and
    /// that answer's id: then nothing was changed.
    static let put = RedisScript(
        """
        local id, wall, life, prefix, log = ARGV[1], ARGV[2], ARGV[3], ARGV[4], KEYS[3]
        for place = 4, #KEYS do
            local owner = redis.call('HGET', KEYS[place], 'k')
            if owner and owner ~= id and ARGV[5] ~= '1' then return {place - 4, owner} end
        end
        """ + "\n" + entries + """
            local first = 7 + tonumber(ARGV[6])
            local kept = {}
            local place = first
            for _ = 4, #KEYS do
                kept[ARGV[place]] = true
                place = place + 3 + tonumber(ARGV[place + 2])
            end
            drop(kept)
            place = first
            for number = 4, #KEYS do
                local key, count = KEYS[number], tonumber(ARGV[place + 2])
                tell('add', ARGV[place])
                redis.call('DEL', key)
                redis.call('HSET', key, unpack(ARGV, place + 3, place + 2 + count))
                if ARGV[place + 1] ~= '0' then redis.call('PEXPIREAT', key, ARGV[place + 1]) end
                place = place + 3 + count
            end
            redis.call('DEL', KEYS[1])
            redis.call('HSET', KEYS[1], unpack(ARGV, 7, first - 1))
            redis.call('ZADD', KEYS[2], 0, id)
            return redis.status_reply('OK')
            """)

    /// Deletes an answer with those of its entries that are its own.
    ///
    /// `KEYS` record, ids, log; `ARGV` the answer's id, partition id, life of the log in milliseconds, what the keys of
    /// entries begin with. Answers how many entries were deleted.
    static let remove = RedisScript(
        """
        local id, wall, life, prefix, log = ARGV[1], ARGV[2], ARGV[3], ARGV[4], KEYS[3]
        """ + "\n" + entries + """
            local dropped = drop({})
            redis.call('DEL', KEYS[1])
            redis.call('ZREM', KEYS[2], id)
            return dropped
            """)
}
