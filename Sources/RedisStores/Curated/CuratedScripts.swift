import RedisClient

/// The scripts over curated answers. All keys of one answer stand in its partition's shard, so one script changes its
/// record and all its entries.
///
/// A record is a hash: `j` the line as JSON and `l` labels, each in an `EntryEnvelope`; `d` the line's digest and what
/// its entries can be read by, `e` its entries' ids (32 hexadecimal digits each), `g` generation, `at` when it was put
/// there, `exp` until when it is served. Records outlive their entries: they tell what was imported. Redis may evict
/// one before its entries: then the caller looks for those among all keys, and says what it found.
///
/// Keys may hold something else than ours: that has no owner, and goes when its place is needed.
enum CuratedScripts {
    /// What stands for the entries of an answer whose record is gone when nobody has looked for them.
    static let unsought = "-"

    /// Functions over the entries of the answer in `id`. Keys of entries are made from their ids, as only the record
    /// knows them; they carry the same hash tag as those that are given.
    private static let entries =
        CacheScripts.sharing + """
            local id, wall, life, entries, answers, former = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
            local now = redis.call('TIME')
            local oldest = string.format('%.0f', now[1] * 1000 - life)
            local function tell(op, entry)
                redis.call('XADD', KEYS[3], 'MINID', '~', oldest, '*', 'op', op, 'e', entry, 'p', wall)
            end
            local isListed = type(redis.pcall('ZSCORE', KEYS[2], id)) == 'string'
            local old = redis.pcall('HGET', KEYS[1], 'e')
            if type(old) ~= 'string' then old = former ~= '\(unsought)' and former end
            local function drop(kept)
                local dropped = 0
                for place = 1, #old, 32 do
                    local entry = string.sub(old, place, place + 31)
                    local key = entries .. entry
                    if not kept[entry] and redis.pcall('HGET', key, 'k') == id then
                        tell('del', entry)
                        local content = redis.pcall('HGET', key, 'c')
                        strike(string.sub(answers, 1, -3), redis.pcall('HGET', key, 'enc'), entry)
                        redis.call('DEL', key)
                        if type(content) == 'string' then release(answers, entries, content, entry) end
                        dropped = dropped + 1
                    end
                end
                return dropped
            end

            """

    /// Puts an answer in the place of what stood under its id.
    ///
    /// `KEYS` record, ids, log, entries; `ARGV` the answer's id, partition id, life of the log in milliseconds, what
    /// the keys of entries begin with, and those of shared answers, the ids of the entries of before where the record
    /// is gone; how many questions of others may be taken over, those (generation, colon, answer's id); the number of
    /// the record's field names and values, those; then for each entry its id, expiry in milliseconds since 1970 or 0
    /// for none, its content's name (empty for a small answer), the answer (empty where the same content came before),
    /// the number of its field names and values, those.
    ///
    /// Answers `OK`; `LOST` when the entries of before must be looked for first; or the number of an entry that is
    /// another answer's, that answer's id, and what says that it may be taken over. Unless `OK` nothing was changed.
    static let put = RedisScript(
        entries + """
            local over, first = {}, 8 + tonumber(ARGV[7])
            for place = 8, first - 1 do over[ARGV[place]] = true end
            local isKnown = isListed
            for number = 4, #KEYS do
                local owner = redis.pcall('HGET', KEYS[number], 'k')
                if owner == id then
                    isKnown = true
                elseif type(owner) == 'string' then
                    local claim = tostring(redis.pcall('HGET', KEYS[number], 'g')) .. ':' .. owner
                    if not over[claim] then return {number - 4, owner, claim} end
                end
            end
            if not old and isKnown then return redis.status_reply('LOST') end
            old = old or ''
            local last = first + tonumber(ARGV[first])
            local kept, contents = {}, {}
            local place = last + 1
            for _ = 4, #KEYS do
                kept[ARGV[place]] = true
                place = place + 5 + tonumber(ARGV[place + 4])
            end
            drop(kept)
            place = last + 1
            for number = 4, #KEYS do
                local entry, expiry, content = ARGV[place], tonumber(ARGV[place + 1]), ARGV[place + 2]
                if ARGV[place + 3] ~= '' then contents[content] = ARGV[place + 3] end
                local count = tonumber(ARGV[place + 4])
                local answer = contents[content] or ''
                tell('add', entry)
                store(answers, entries, KEYS[number], entry, content, answer, expiry, place + 5, place + 4 + count)
                place = place + 5 + count
            end
            redis.call('DEL', KEYS[1])
            redis.call('HSET', KEYS[1], unpack(ARGV, first + 1, last))
            if redis.call('TYPE', KEYS[2]).ok ~= 'zset' then redis.call('DEL', KEYS[2]) end
            redis.call('ZADD', KEYS[2], 0, id)
            return redis.status_reply('OK')
            """)

    /// Deletes an answer with those of its entries that are its own.
    ///
    /// `KEYS` record, ids, log; `ARGV` the answer's id, partition id, life of the log in milliseconds, what the keys of
    /// entries begin with, and those of shared answers, the ids of its entries where the record is gone. Answers how
    /// many entries were deleted; -1 when they must be looked for first, -2 when nothing is known of such an answer.
    static let remove = RedisScript(
        entries + """
            if not old then return isListed and -1 or -2 end
            local dropped = drop({})
            redis.call('DEL', KEYS[1])
            redis.pcall('ZREM', KEYS[2], id)
            return dropped
            """)
}
