import RedisClient

/// The script by which replicas tell each other what they learned of hits.
///
/// One hash each. A field for each replica with its evidence, named as the replica, and one for what it took over and
/// has not told as its own yet: its name, `<` and a stamp. Beside each a mark, `@` and the field's name: the stamp of
/// when it was written; of a replica whose field was taken over it is negative. `#` is the last stamp, `!` counts the
/// drifts. Stamps are milliseconds since 1970 that only rise.
enum EvidenceScripts {
    /// Tells what this replica knows, and answers what is known of the others as far as that is new.
    ///
    /// A drift deletes what everybody else has told before it: who lives hears of it and tells what it then believes.
    /// Of the fields that were written too long ago one becomes this replica's; its mark stays behind for a while, so
    /// that its writer, if it lives, does not tell the same again. Who is told so writes nothing.
    ///
    /// `KEYS` the hash; `ARGV` replica, its evidence (empty for nothing new), the stamp it has heard up to, how many
    /// drifts are new, life of the key and of a replica in milliseconds, then fields that are part of the evidence.
    /// Answers the last stamp, the drifts, whether the replica's field was taken over, whether there is news, all
    /// fields' names, and names and values of those that are new.
    static let exchange = RedisScript(
        """
        local key, me, life, gone = KEYS[1], ARGV[1], tonumber(ARGV[5]), tonumber(ARGV[6])
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local last = tonumber(redis.call('HGET', key, '#') or '0') or 0
        local heard = tonumber(ARGV[3])
        if heard > last then heard = -1 end
        local isNews = heard ~= last
        local stamp = string.format('%.0f', math.max(now, last + 1))
        local isWritten = false
        local isTaken = (tonumber(redis.call('HGET', key, '@' .. me) or '0') or 0) < 0
        if isTaken then
          redis.call('HDEL', key, '@' .. me)
        elseif ARGV[2] ~= '' then
          redis.call('HSET', key, me, ARGV[2], '@' .. me, stamp)
          for place = 7, #ARGV do redis.call('HDEL', key, ARGV[place], '@' .. ARGV[place]) end
          isWritten = true
        end
        local drifts = tonumber(redis.call('HGET', key, '!') or '0') or 0
        local isDrift = ARGV[4] ~= '0'
        local names, fields, marks = {}, {}, {}
        if isNews or isDrift then
          for _, name in ipairs(redis.call('HKEYS', key)) do
            if string.sub(name, 1, 1) == '@' then
              marks[#marks + 1] = {string.sub(name, 2), tonumber(redis.call('HGET', key, name)) or 0}
            end
          end
        end
        if isDrift then
          drifts = redis.call('HINCRBY', key, '!', ARGV[4])
          isWritten = true
        end
        local hasTaken = false
        for _, mark in ipairs(marks) do
          local name, written = mark[1], mark[2]
          if written < 0 then
            if now + written > life then redis.call('HDEL', key, '@' .. name) end
          elseif name ~= me and isDrift then
            redis.call('HDEL', key, name, '@' .. name)
          else
            local value = nil
            if name ~= me and not hasTaken and now - written > gone then
              value = redis.call('HGET', key, name)
              redis.call('HDEL', key, name)
              redis.call('HSET', key, '@' .. name, '-' .. stamp)
              name, written = me .. '<' .. stamp, tonumber(stamp)
              if value then redis.call('HSET', key, name, value, '@' .. name, stamp) end
              hasTaken, isWritten = true, true
            end
            if name ~= me or heard < 0 then
              names[#names + 1] = name
              if written > heard then
                fields[#fields + 1] = name
                fields[#fields + 1] = value or redis.call('HGET', key, name) or ''
              end
            end
          end
        end
        if isWritten then
          redis.call('HSET', key, '#', stamp)
          redis.call('PEXPIRE', key, ARGV[5])
          last = tonumber(stamp)
        end
        return {string.format('%.0f', last), drifts, isTaken and 1 or 0, (isNews or isDrift) and 1 or 0, names, fields}
        """)
}
