import RedisClient

/// What tells mirrors, by one short read a shard, whether they hold what they should: the roster. For each encoder and
/// shard it is a sorted set of the entries that have a vector of the encoder, by their expiry, and a hash with their
/// number (`n`) and the exclusive or (`x`) of the first halves of their ids.
///
/// The scripts that store and delete entries change it with them. What Redis does by itself no script sees: entries
/// that expire are taken out in the order of their ends, by each sum that is asked for; those that were evicted when a
/// mirror finds that out. If one of the two keys is lost, the other goes too, and mirrors write both anew.
enum RosterScripts {
    /// Members that one sum takes out at most: the bound of a script's work.
    static let expiredLimit = 1000
    /// For how long a roster is kept that no mirror asks for. Longer than answers live, so that Redis evicts it late.
    static let lifeMilliseconds = 30 * 24 * 60 * 60 * 1000

    /// What `combine` adds ids to.
    private static let arithmetic = """
        local function combine(sum, entry)
            local before = string.match(sum or '', '^' .. string.rep('%x', 16) .. '$') or string.rep('0', 16)
            local function part(first)
                local left = tonumber(string.sub(before, first, first + 7), 16) or 0
                return bit.tohex(bit.bxor(left, tonumber(string.sub(entry, first, first + 7), 16) or 0))
            end
            return part(1) .. part(9)
        end

        """

    /// Functions over rosters, for scripts that change entries: `enrol` notes what stands there now, in place of what
    /// stood there with the encoder `former`; `strike` that nothing does. `front` is what all keys of the shard begin
    /// with. What stands in the place of a roster and is none keeps no entry from being stored.
    static let functions = arithmetic + """
        local function tally(sum, entry, step)
            local known = redis.pcall('HMGET', sum, 'n', 'x')
            if known.err then return end
            local count = (tonumber(known[1] or '') or 0) + step
            redis.pcall('HSET', sum, 'n', count, 'x', combine(known[2], entry))
        end
        local function enlist(front, encoder, entry, expiry)
            if redis.pcall('ZADD', front .. 'ids:' .. encoder, expiry, entry) ~= 1 then return end
            tally(front .. 'sum:' .. encoder, entry, 1)
        end
        local function strike(front, encoder, entry)
            if type(encoder) ~= 'string' then return end
            if redis.pcall('ZREM', front .. 'ids:' .. encoder, entry) ~= 1 then return end
            tally(front .. 'sum:' .. encoder, entry, -1)
        end
        local function enrol(front, entry, former, encoder, expiry)
            if former ~= encoder then strike(front, former, entry) end
            if encoder and expiry then enlist(front, encoder, entry, expiry) end
        end

        """

    /// Answers number and exclusive or of the living members, the log's newest line, the time by which they are alive
    /// in milliseconds, and 1 if more have expired than one call takes out: then it is to be asked again.
    ///
    /// `KEYS` ids, sum, log; `ARGV` how many expired ones to take out at most, for how long the roster is kept in
    /// milliseconds.
    static let sum = RedisScript(
        arithmetic + """
            local now = redis.call('TIME')
            local instant = string.format('%.0f', now[1] * 1000 + math.floor(now[2] / 1000))
            local ended = redis.pcall('ZRANGEBYSCORE', KEYS[1], '-inf', instant, 'LIMIT', 0, ARGV[1])
            local known = redis.pcall('HMGET', KEYS[2], 'n', 'x')
            local count = not known.err and tonumber(known[1] or '0')
            local ids = not known.err and combine(known[2], '')
            if ended.err or redis.call('ZCARD', KEYS[1]) ~= count then
                redis.call('DEL', KEYS[1], KEYS[2])
                ended, count, ids = {}, 0, nil
            end
            if #ended > 0 then
                for _, entry in ipairs(ended) do ids = combine(ids, entry) end
                redis.call('ZREMRANGEBYRANK', KEYS[1], 0, #ended - 1)
                count = count - #ended
                redis.call('HSET', KEYS[2], 'n', count, 'x', ids)
            end
            redis.call('PEXPIRE', KEYS[1], ARGV[2])
            redis.call('PEXPIRE', KEYS[2], ARGV[2])
            local last = redis.pcall('XREVRANGE', KEYS[3], '+', '-', 'COUNT', 1)
            local line = not last.err and last[1] and last[1][1] or '0-0'
            return {count, ids or string.rep('0', 16), line, instant, #ended == tonumber(ARGV[1]) and 1 or 0}
            """)

    /// Notes of each entry what stands there. Answers for each `1` if it has a vector of the encoder.
    ///
    /// `KEYS` ids; `ARGV` what all keys of the shard begin with, the encoder, then entry and expiry in turn; an expiry
    /// of 0 is not known, and adds nothing.
    static let settle = RedisScript(
        functions + """
            local there = {}
            for place = 3, #ARGV, 2 do
                local key = ARGV[1] .. 'e:' .. ARGV[place]
                if redis.pcall('HGET', key, 'enc') == ARGV[2] then
                    if ARGV[place + 1] ~= '0' then enlist(ARGV[1], ARGV[2], ARGV[place], ARGV[place + 1]) end
                    there[#there + 1] = 1
                else
                    strike(ARGV[1], ARGV[2], ARGV[place])
                    there[#there + 1] = 0
                end
            end
            return there
            """)
}
