import RedisClient

/// The script by which replicas add up what they learned.
enum LearningScripts {
    /// A mark of a batch is kept so long; whoever repeats a batch does so within seconds.
    private static let batchLifeMilliseconds = 24 * 60 * 60 * 1000
    /// Arguments before those of the targets.
    private static let headArguments = 8

    /// Adds a replica's sums and answers those of all.
    ///
    /// `KEYS`: the sums, a hash with `v:<deployment>` (numbers of eight bytes, the lowest first) and `a:<deployment>`
    /// (when they were as large as they stand there, in ms); the teachers, a hash with `w:<teacher>` (weight), `a` (as
    /// above) and `b:<replica>` (the last batch and when it came). `ARGV`: now in ms (empty for the server's clock),
    /// half-life, life of the keys, numbers in sums, replica, batch (empty for none), how many targets, how many
    /// teachers; then for each target its deployment and sums (empty for none), for each teacher its name and weight.
    ///
    /// What is only read is not faded here: its age is answered beside it, and the reader does it.
    static let exchange = RedisScript(
        """
        -- refrain learning 1
        local time = redis.call('TIME')
        local now = tonumber(ARGV[1]) or (time[1] * 1000 + math.floor(time[2] / 1000))
        local half, life, count = tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4])
        local replica, batch = ARGV[5], tonumber(ARGV[6])
        local targets, others = tonumber(ARGV[7]), tonumber(ARGV[8])
        local function age(at) return math.max(now - (tonumber(at or '') or now), 0) end
        local function whole(value) return string.format('%.0f', value) end
        local format = '<' .. string.rep('d', count)

        local last = redis.call('HGET', KEYS[2], 'b:' .. replica)
        local taken = last and tonumber(string.match(last, '^(%d+):')) or 0
        local isNew = batch ~= nil and batch > taken
        local rows, at = {}, \(headArguments)
        for t = 1, targets do
          local name, told = ARGV[at + 1], ARGV[at + 2]
          at = at + 2
          local kept = redis.call('HMGET', KEYS[1], 'v:' .. name, 'a:' .. name)
          local value, old = kept[1] or '', age(kept[2])
          if #value ~= count * 8 then value = '' end
          if isNew and #told == count * 8 then
            local sums = {struct.unpack(format, told)}
            if value ~= '' then
              local factor = 2 ^ (-old / half)
              local before = {struct.unpack(format, value)}
              for i = 1, count do sums[i] = sums[i] + before[i] * factor end
            end
            value, old = struct.pack(format, unpack(sums, 1, count)), 0
            redis.call('HSET', KEYS[1], 'v:' .. name, value, 'a:' .. name, whole(now))
          end
          rows[t] = {value, old}
        end

        local flat, weights, stale = redis.call('HGETALL', KEYS[2]), {}, {}
        local since = 0
        for i = 1, #flat, 2 do
          local kind, name = string.match(flat[i], '^([wb]):(.*)$')
          if flat[i] == 'a' then since = age(flat[i + 1])
          elseif kind == 'w' then weights[name] = tonumber(flat[i + 1]) or 0
          elseif kind == 'b' then
            local came = tonumber(string.match(flat[i + 1], ':(%d+)$') or '') or 0
            if now - came > \(batchLifeMilliseconds) then stale[#stale + 1] = flat[i] end
          end
        end
        local factor = 2 ^ (-since / half)
        for name, weight in pairs(weights) do weights[name] = weight * factor end
        if isNew then
          for t = 1, others do
            local name, weight = ARGV[at + 1], tonumber(ARGV[at + 2]) or 0
            at = at + 2
            weights[name] = (weights[name] or 0) + weight
          end
          for _, field in ipairs(stale) do redis.call('HDEL', KEYS[2], field) end
          redis.call('HSET', KEYS[2], 'a', whole(now), 'b:' .. replica, whole(batch) .. ':' .. whole(now))
          for name, weight in pairs(weights) do
            redis.call('HSET', KEYS[2], 'w:' .. name, string.format('%.17g', weight))
          end
          redis.call('PEXPIRE', KEYS[1], life)
          redis.call('PEXPIRE', KEYS[2], life)
        end
        local teachers = {}
        for name, weight in pairs(weights) do
          teachers[#teachers + 1] = name
          teachers[#teachers + 1] = string.format('%.17g', weight)
        end
        return {rows, teachers}
        """)
}
