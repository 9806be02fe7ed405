import RedisClient

/// What counts the bytes of tenants and makes room, around the scripts that change entries.
///
/// Each tenant has a ledger in each shard, so that one script touches the entry and its account: a hash with
/// `bytes:worth:hits` by entry, and in `t` the sum of the bytes, and a sorted set of the same entries by their end.
/// The sum is changed only together with the line it is made of, so it never drifts from the ledger. The ledger may
/// hold what Redis has let go without a script: what has ended is taken out in the order of its end by each save and
/// each sweep; what was evicted or deleted by hand, when a sample comes upon it. It never lacks what is stored, unless
/// Redis lost the ledger itself: then what was there before counts again when it is stored anew, and is gone after one
/// life.
///
/// No quota pays for curated answers, nor for other names of an entry: those have no answer, audits alone make them,
/// and they end with the entry they stand for.
enum QuotaScripts {
    /// Lines looked at for each entry that must go, as Redis does for its own evictions.
    static let sample = 16
    /// Entries that one save or one step of a sweep lets go at most: the bound of a script's work.
    static let evictionsLimit = 64

    /// `due`, `ledger`, `log`, what the keys of `entries` and `answers` begin with, and `gone` must be locals before
    /// it, and the functions of ``CacheScripts/sharing``.
    private static let account = """
        local clock = redis.call('TIME')
        local instant = clock[1] * 1000 + math.floor(clock[2] / 1000)
        -- What is no ledger gives way: one that cannot be changed would stand in the way of all that is saved.
        if redis.call('TYPE', ledger).ok ~= 'hash' then redis.call('DEL', ledger) end
        if redis.call('TYPE', due).ok ~= 'zset' then redis.call('DEL', due) end
        local function sum() return tonumber(redis.call('HGET', ledger, 't')) or 0 end
        local function counts(member)
            return redis.pcall('HEXISTS', entries .. member, '\(EntryFields.accounted)') == 1
        end
        local function forget(member)
            local line = redis.call('HGET', ledger, member)
            if not line then return end
            redis.call('HDEL', ledger, member)
            redis.call('ZREM', due, member)
            redis.call('HINCRBY', ledger, 't', '-' .. string.match(line, '^%d+'))
        end
        local function expire(count)
            local ended = redis.call('ZRANGEBYSCORE', due, '-inf', instant, 'LIMIT', 0, count)
            for _, member in ipairs(ended) do forget(member) end
        end
        local function drop(victim)
            local wall = redis.call('HGET', entries .. victim, 'p')
            local shared = redis.call('HGET', entries .. victim, 'c')
            if wall then
                local name = string.gsub(wall, '.', function(c) return string.format('%02x', string.byte(c)) end)
                redis.call('XADD', log, '*', 'op', 'del', 'e', victim, 'p', name)
            end
            strike(string.sub(log, 1, -4), redis.call('HGET', entries .. victim, 'enc'), victim)
            redis.call('DEL', entries .. victim, string.sub(log, 1, -4) .. 'w:' .. victim)
            if shared then release(answers, entries, shared, victim) end
            forget(victim)
            gone = gone + 1
        end
        -- What has to go so that no more than `space` bytes are left, and its bytes: nothing of it has gone yet.
        local function choose(space, spared)
            local chosen, victims, freed = {}, {}, 0
            for round = 1, \(evictionsLimit) do
                if sum() - freed <= space then break end
                -- Those chosen before are drawn with the others.
                local pool = redis.call('HRANDFIELD', ledger, \(sample) + #victims, 'WITHVALUES')
                local least, victim, weight
                local looked = 0
                for place = 1, #pool, 2 do
                    local member = pool[place]
                    if member ~= 't' and member ~= spared and not chosen[member] and looked < \(sample) then
                        looked = looked + 1
                        if counts(member) then
                            local size, price, asked = string.match(pool[place + 1], '^(%d+):(%d+):(%d+)$')
                            local value = (asked + 1) * (price + 1) / size
                            if not least or value < least then least, victim, weight = value, member, size end
                        else
                            forget(member)
                        end
                    end
                end
                if looked == 0 then break end
                if victim and sum() - freed > space then
                    chosen[victim] = true
                    victims[#victims + 1] = victim
                    freed = freed + weight
                end
            end
            return victims, freed
        end

        """

    /// What a script that saves begins with. Behind its `KEYS` are the ends and the ledger; in front of its `ARGV` the
    /// entry's bytes and worth, and the room in this shard.
    private static let opening = """
        local due, ledger, gone = KEYS[#KEYS - 1], KEYS[#KEYS], 0
        local bytes, worth, room = ARGV[1], ARGV[2], tonumber(ARGV[3])
        local ARGV = {unpack(ARGV, 4)}

        """

    /// Makes room, when nothing else is in the way of the entry. Where there is none it answers `QUOTA`, the sum, and
    /// how many others had to go, and nothing is saved: then none had to, as those that must are found first.
    private static let admission = """
        local log, entries, answers = KEYS[2], ARGV[6], ARGV[5]

        """ + account + """
        expire(64)
        if tonumber(bytes) > room then return {'QUOTA', sum(), gone} end
        local known = redis.call('HGET', ledger, ARGV[2])
        local old, hits = 0, '0'
        if known then old, hits = string.match(known, '^(%d+):%d+:(%d+)$') end
        local victims, freed = choose(room - bytes + old, ARGV[2])
        if sum() - freed - old + bytes > room then return {'QUOTA', sum(), gone} end
        for _, victim in ipairs(victims) do drop(victim) end

        """

    /// Counts what was saved.
    private static let booking = """
        forget(ARGV[2])
        redis.call('HSET', ledger, ARGV[2], bytes .. ':' .. worth .. ':' .. hits)
        redis.call('ZADD', due, ARGV[1], ARGV[2])
        redis.call('HINCRBY', ledger, 't', bytes)

        """

    /// ``CacheScripts/save`` with an account: where it answers `OK`, this one answers that, the sum, and how many
    /// others had to go.
    static let save = RedisScript(
        opening + CacheScripts.saving(behind: admission) + CacheScripts.closing + booking
            + "return {'OK', sum(), gone}")

    /// The same of ``RefreshScripts/save``, and `1`.
    static let refresh = RedisScript(
        opening + RefreshScripts.opening + CacheScripts.saving(behind: admission) + RefreshScripts.closing + booking
            + "return {1, sum(), gone}")

    /// Takes out of a ledger what is gone, and lets the least valuable entries go until no more than `ARGV[2]` bytes
    /// are left. Answers the sum, and how many had to go.
    ///
    /// `KEYS` ends, ledger, log; `ARGV` what the keys of entries begin with, the goal, the same of answers.
    static let sweep = RedisScript(
        CacheScripts.sharing + """
            local due, ledger, log, gone, entries, answers = KEYS[1], KEYS[2], KEYS[3], 0, ARGV[1], ARGV[3]

            """ + account + """
            expire(512)
            local pool = redis.call('HRANDFIELD', ledger, \(sample))
            for _, member in ipairs(pool) do
                if member ~= 't' and not counts(member) then forget(member) end
            end
            local victims = choose(tonumber(ARGV[2]), '')
            for _, victim in ipairs(victims) do drop(victim) end
            if redis.call('HLEN', ledger) <= 1 then redis.call('DEL', ledger, due) end
            return {sum(), gone}
            """)

    /// Adds hits to lines that are there. What is no ledger has none.
    ///
    /// `KEYS` ledger; `ARGV` entry and hits in turn.
    static let hits = RedisScript(
        """
        if redis.call('TYPE', KEYS[1]).ok ~= 'hash' then return redis.status_reply('OK') end
        for place = 1, #ARGV, 2 do
            local line = redis.call('HGET', KEYS[1], ARGV[place])
            if line then
                local front, hits = string.match(line, '^(%d+:%d+:)(%d+)$')
                redis.call('HSET', KEYS[1], ARGV[place], front .. string.format('%.0f', hits + ARGV[place + 1]))
            end
        end
        return redis.status_reply('OK')
        """)
}
