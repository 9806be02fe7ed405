import RedisClient
import SemanticCache

/// The script that notes who calls an entry wrong.
enum AccusationScripts {
    /// Notes the first accuser of an entry, keeps the entry from a question and ends the question's alias, and tells
    /// the log. An entry that is gone, of another partition or another answer by now, as its end tells, is left alone.
    ///
    /// `KEYS` entry, log, what stands at the question's place (the entry again for no question); `ARGV` entry id,
    /// partition id, life of the log in milliseconds, partition's bytes, when the entry expires, the question's id as
    /// 16 bytes (empty for none) and in hexadecimal, the accuser (empty for nobody). Answers 0 when the entry is not
    /// there, 2 when somebody else has accused it before, else 1.
    static let accuse = RedisScript(
        RosterScripts.functions + """
            local found = redis.pcall('HMGET', KEYS[1], 'p', 'x', 'no', 'by')
            if found.err or found[1] ~= ARGV[4] or found[2] ~= ARGV[5] then return 0 end
            local now = redis.call('TIME')
            local oldest = string.format('%.0f', now[1] * 1000 - ARGV[3])
            local function tell(op, entry)
                redis.call('XADD', KEYS[2], 'MINID', '~', oldest, '*', 'op', op, 'e', entry, 'p', ARGV[2])
            end
            if ARGV[6] ~= '' then
                local vetoes = found[3] or ''
                local known = false
                for place = 1, #vetoes, 16 do
                    if string.sub(vetoes, place, place + 15) == ARGV[6] then known = true end
                end
                if not known then
                    tell('veto', ARGV[1])
                    redis.call('HSET', KEYS[1], 'no', string.sub(vetoes .. ARGV[6], -16 * \(EntryAccusation.vetoLimit)))
                end
                if redis.pcall('HEXISTS', KEYS[3], 'al') == 1 then
                    tell('del', ARGV[7])
                    strike(string.sub(KEYS[2], 1, -4), redis.call('HGET', KEYS[3], 'enc'), ARGV[7])
                    redis.call('DEL', KEYS[3])
                end
            end
            if ARGV[8] == '' then return 1 end
            if not found[4] then redis.call('HSET', KEYS[1], 'by', ARGV[8]) end
            return found[4] and found[4] ~= ARGV[8] and 2 or 1
            """)
}
