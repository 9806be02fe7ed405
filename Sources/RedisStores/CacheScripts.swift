import RedisClient

/// The scripts that change entries. Each touches keys of one shard only. Those of an answer's other entries are not
/// among `KEYS`, as only the server knows them: they have the shard's hash tag, which is what Redis Cluster asks for.
///
/// An answer above `EntryCodec.largeAnswer` has a hash of its own under its content's name: the list of entries that
/// have it. While it is one entry, the answer stands in the entry, so that a hit is one `HMGET`. When a second
/// one comes, the answer moves into the hash, once for all. It goes with the last entry, and lives as long as the
/// longest.
enum CacheScripts {
    /// How far back a mirror may have fallen behind and still catch up without reading everything anew.
    static let logLifeMilliseconds = 60 * 60 * 1000
    /// Beyond so many, an entry keeps a copy of its own: what the scripts do takes time for each.
    static let sharersLimit = 1000

    /// A function that takes an entry, which is to go, out of the ledger of the tenant whose quota pays for it, see
    /// ``QuotaScripts``. The entry itself says whose; ledgers stand in the same shard, as shared answers do.
    private static let discounting = RosterScripts.functions + """
        local function discount(answers, key, entry)
            local payer = redis.pcall('HGET', key, '\(EntryFields.accounted)')
            if type(payer) ~= 'string' then return end
            local front = string.sub(answers, 1, -3)
            local line = redis.pcall('HGET', front .. 'use:' .. payer, entry)
            if type(line) ~= 'string' then return end
            redis.call('HDEL', front .. 'use:' .. payer, entry)
            redis.pcall('ZREM', front .. 'due:' .. payer, entry)
            redis.call('HINCRBY', front .. 'use:' .. payer, 't', '-' .. string.match(line, '^%d+'))
        end

        """

    /// Functions over answers that entries share: `release` takes an entry from the list of those that have its answer,
    /// `store` puts one in the place of what stood under its key, whose vetoes stay. `entries` and `answers` are what
    /// the keys of both begin with in the shard; an `expiry` of 0 is none; fields stand in `ARGV` from `first` to
    /// `last`.
    static let sharing = discounting + """
        local function release(answers, entries, content, entry)
            local key = answers .. content
            if redis.pcall('HDEL', key, entry) ~= 1 then return end
            local ends = redis.call('PTTL', key) ~= -1
            local longest = -1
            for _, other in ipairs(redis.call('HKEYS', key)) do
                local place = entries .. other
                if other ~= 'a' and redis.pcall('HGET', place, 'c') == content then
                    local life = redis.call('PTTL', place)
                    if ends or life == -1 then return end
                    longest = math.max(longest, life)
                elseif other ~= 'a' then
                    redis.call('HDEL', key, other)
                end
            end
            -- What had no end had none for an entry that is gone.
            if longest >= 0 then
                redis.call('PEXPIRE', key, string.format('%.0f', longest))
            else
                redis.call('DEL', key)
            end
        end

        local function share(answers, entries, content, entry, answer, expiry)
            local key = answers .. content
            if redis.call('TYPE', key).ok ~= 'hash' then redis.call('DEL', key) end
            if redis.call('HLEN', key) > \(sharersLimit) then return false end
            local shared = redis.call('HEXISTS', key, 'a') == 1
            if not shared then
                for _, other in ipairs(redis.call('HKEYS', key)) do
                    local place = entries .. other
                    if other ~= entry and redis.pcall('HGET', place, 'c') == content
                        and redis.call('HDEL', place, 'a') == 1 then
                        shared = true
                    elseif other ~= entry then
                        redis.call('HDEL', key, other)
                    end
                end
            end
            local lasts = redis.call('PTTL', key) == -1
            if shared then redis.call('HSET', key, 'a', answer) end
            redis.call('HSET', key, entry, '')
            if expiry == 0 then
                redis.call('PERSIST', key)
            elseif not lasts then
                local now = redis.call('TIME')
                local life = redis.call('PTTL', key)
                if life < 0 or life < expiry - now[1] * 1000 - math.floor(now[2] / 1000) then
                    redis.call('PEXPIREAT', key, string.format('%.0f', expiry))
                end
            end
            return shared
        end

        local function store(answers, entries, key, entry, content, answer, expiry, first, last)
            local before = redis.pcall('HGET', key, 'c')
            if type(before) == 'string' then release(answers, entries, before, entry) end
            local former = redis.pcall('HGET', key, 'enc')
            discount(answers, key, entry)
            local shared = content ~= '' and share(answers, entries, content, entry, answer, expiry)
            local vetoes = redis.pcall('HGET', key, 'no')
            redis.call('DEL', key)
            redis.call('HSET', key, unpack(ARGV, first, last))
            if type(vetoes) == 'string' then redis.call('HSET', key, 'no', vetoes) end
            if content ~= '' then redis.call('HSET', key, 'c', content) end
            if content ~= '' and not shared then redis.call('HSET', key, 'a', answer) end
            if expiry ~= 0 then redis.call('PEXPIREAT', key, string.format('%.0f', expiry)) end
            local found = redis.call('HMGET', key, 'enc', 'x')
            enrol(string.sub(answers, 1, -3), entry, former, found[1], found[2])
        end

        """

    /// Stores an entry and tells the log, or does neither: the log comes first, as only that command can fail (when
    /// something else stands under its key) and what a script did before an error stays done.
    ///
    /// `KEYS` entry, log, shared answer (for a small one: entry again), lease; `ARGV` expiry in milliseconds since
    /// 1970, entry id, partition id (hexadecimal), life of the log in milliseconds, beginnings of the keys of answers
    /// and entries, content's name (empty for a small answer), answer, fence of the lead (0 without one), the newest
    /// purge before it was asked for, the same of a curated entry that may be replaced (empty for none), then field
    /// names and values.
    ///
    /// Any other curated entry stays: then the script answers `CURATED`. The lease ends under which the answer before
    /// was made anew: that one is older.
    static let save = RedisScript(saving() + closing + "return redis.status_reply('OK')")

    /// What ``save`` does, for scripts that do more around it.
    /// - Parameter room: lines in front of all that it writes, when nothing else is in the way.
    static func saving(behind room: String = "") -> String {
        sharing + standing + room + writing
    }

    /// What ``save`` does behind it.
    static let closing = """
        redis.call('DEL', KEYS[4])

        """

    /// Whether what stands under the key may be replaced: what is no hash may be, of what cannot be read nobody knows.
    private static let standing = """
        local stands = redis.pcall('HMGET', KEYS[1], 'fn', 'g', 'k')
        if stands.err then
            if not string.find(stands.err, 'WRONGTYPE', 1, true) then return stands end
            stands = {}
        end
        local lead, newest, owner = stands[1], stands[2], stands[3]
        if ARGV[9] ~= '0' and lead and (tonumber(lead) or 0) > tonumber(ARGV[9]) then
            return redis.status_reply('SUPERSEDED')
        end
        -- What was asked for before a purge takes no place of what was asked for behind it.
        if newest and (tonumber(newest) or 0) > tonumber(ARGV[10]) then
            return redis.status_reply('SUPERSEDED')
        end
        if owner and newest ~= ARGV[11] then return redis.status_reply('CURATED') end

        """

    /// Stores the entry and tells the log.
    private static let writing = """
        local now = redis.call('TIME')
        local oldest = string.format('%.0f', now[1] * 1000 - ARGV[4])
        redis.call('XADD', KEYS[2], 'MINID', '~', oldest, '*', 'op', 'add', 'e', ARGV[2], 'p', ARGV[3])
        store(ARGV[5], ARGV[6], KEYS[1], ARGV[2], ARGV[7], ARGV[8], tonumber(ARGV[1]), 12, #ARGV)

        """

    /// Reads an entry whose answer may be shared: the values of `EntryCodec.servedFields`. One whose answer is gone is
    /// deleted, and the log is told, so that no mirror finds it again. Of what is no hash there are no values.
    ///
    /// `KEYS` entry, log; `ARGV` entry id, partition id, life of the log in milliseconds, beginning of the keys of
    /// answers.
    static let load = RedisScript(
        discounting + """
            local found = redis.pcall('HMGET', KEYS[1], 'v', 'h', 'a', 'c', 'no')
            if found.err then return {} end
            if found[2] and not found[3] and found[4] then
                local answer = redis.pcall('HGET', ARGV[4] .. found[4], 'a')
                if type(answer) == 'string' then
                    found[3] = answer
                else
                    local now = redis.call('TIME')
                    local oldest = string.format('%.0f', now[1] * 1000 - ARGV[3])
                    redis.pcall('XADD', KEYS[2], 'MINID', '~', oldest, '*', 'op', 'del', 'e', ARGV[1], 'p', ARGV[2])
                    discount(ARGV[4], KEYS[1], ARGV[1])
                    strike(string.sub(ARGV[4], 1, -3), redis.pcall('HGET', KEYS[1], 'enc'), ARGV[1])
                    redis.call('DEL', KEYS[1])
                end
            end
            return found
            """)

    /// Notes that an entry's answer counts as those of a group, and tells the log; an entry that is gone, or is of
    /// another partition, is left alone.
    ///
    /// `KEYS` entry, log; `ARGV` entry id, partition id, life of the log in milliseconds, partition's bytes, group.
    static let join = RedisScript(
        """
        if redis.call('HGET', KEYS[1], 'p') ~= ARGV[4] then return redis.status_reply('OK') end
        local now = redis.call('TIME')
        local oldest = string.format('%.0f', now[1] * 1000 - ARGV[3])
        redis.call('XADD', KEYS[2], 'MINID', '~', oldest, '*', 'op', 'add', 'e', ARGV[1], 'p', ARGV[2])
        redis.call('HSET', KEYS[1], 'ag', ARGV[5])
        return redis.status_reply('OK')
        """)

    /// Deletes an entry and tells the log; one of another partition under the same key is left alone. What is no hash
    /// at all is deleted too, and the lease under which it was made anew.
    ///
    /// `KEYS` entry, log, lease; `ARGV` entry id, partition id, life of the log in milliseconds, partition's bytes,
    /// beginnings of the keys of answers and entries.
    static let delete = RedisScript(
        sharing + """
            local owner = redis.pcall('HGET', KEYS[1], 'p')
            if type(owner) == 'string' and owner ~= ARGV[4] then return redis.status_reply('OK') end
            local now = redis.call('TIME')
            local oldest = string.format('%.0f', now[1] * 1000 - ARGV[3])
            redis.call('XADD', KEYS[2], 'MINID', '~', oldest, '*', 'op', 'del', 'e', ARGV[1], 'p', ARGV[2])
            local content = redis.pcall('HGET', KEYS[1], 'c')
            discount(ARGV[5], KEYS[1], ARGV[1])
            strike(string.sub(ARGV[5], 1, -3), redis.pcall('HGET', KEYS[1], 'enc'), ARGV[1])
            redis.call('DEL', KEYS[1], KEYS[3])
            if type(content) == 'string' then release(ARGV[5], ARGV[6], content, ARGV[1]) end
            return redis.status_reply('OK')
            """)
}
