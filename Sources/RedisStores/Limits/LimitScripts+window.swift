extension LimitScripts {
    /// The use of one deployment or scope, read and brought to the present.
    ///
    /// Fields of a use hash, all packed binary, little-endian doubles:
    /// - `h`: way of counting (0 sliding, 1 bucket), time of the totals in ms, totals of requests, input, output, both
    /// - `0`…`60`: second modulo 61 → the second, requests, input and output used in it
    /// - `d`: number of the day, requests and tokens of that day; only where a limit counts days
    /// - `p`: a provider's word: when all of it is over, then for the six dimensions until when blocked, what remains,
    ///   until when that counts
    ///
    /// A slot that is over is not deleted but overwritten: its second tells that it no longer counts. A hash lives 63 s
    /// after its last use, an hour if it is a bucket, longer where a day or a provider's word asks for it.
    ///
    /// A record of limits is thirteen doubles: six limits (infinite for none), calls at the same time, way of counting,
    /// burst, start of the day in seconds after midnight UTC as clocks stand now, how much later than a day behind
    /// that it ends, as clocks are shifted until then, money of a candidate, and for a candidate its tier, for a scope
    /// whether its use is counted.
    static let names = """
        local call, pack, unpack_, floor, ceil, huge =
          redis.call, struct.pack, struct.unpack, math.floor, math.ceil, math.huge
        local slot = floor(now / 1000)
        local field = tostring(slot % 61)

        """

    static let window = """
        local function record(text, index)
          return {unpack_('<ddddddddddddd', text, index * 104 - 103)}
        end

        local function day(ms, L) return floor((ms / 1000 - L[10]) / 86400) end

        local function ending(w) return ((w.day + 1) * 86400 + w.L[10] + w.L[11]) * 1000 end

        local function keep(w)
          local life = w.L[8] == 1 and 3600000 or 63000
          if w.days then life = ending(w) - now + 63000 end
          if w.p and w.over - now > life then life = w.over - now end
          call('PEXPIRE', w.key, ceil(life))
        end

        local function head(w)
          return pack('<dddddd', w.L[8], w.ms, w[1], w[2], w[3], w[4])
        end

        local function subtract(w, a, b, c)
          w[1], w[2], w[3], w[4] = w[1] - a, w[2] - b, w[3] - c, w[4] - b - c
        end

        local function slots(key, from, to, each)
          local fields = {}
          for x = from, to do fields[#fields + 1] = x % 61 end
          local got = call('HMGET', key, unpack(fields))
          for i = 1, #fields do
            if got[i] then
              local n, a, b, c = unpack_('<dddd', got[i])
              if n == from + i - 1 then each(n, a, b, c) end
            end
          end
        end

        local function all(w, each)
          for _, value in ipairs(call('HVALS', w.key)) do
            if #value == 32 then
              local n, a, b, c = unpack_('<dddd', value)
              if n >= slot - 60 and n <= slot then each(n, a, b, c) end
            end
          end
        end

        local function roll(w, m, ms, last)
          local gone = slot - floor(ms / 1000)
          if w.L[8] == 1 then
            local elapsed = now - ms
            if elapsed < 0 then elapsed = 0; if gone >= -60 then w.ms = ms end end
            for d = 1, 4 do
              local left = 0
              if gone >= -60 and w.L[d] < huge then left = w[d] - w.L[d] / 60000 * elapsed end
              w[d] = left > 0 and left or 0
            end
            w.fresh = gone ~= 0
            return
          end
          w.fresh = false
          if gone <= 0 and gone >= -60 and m == 0 then
            if ms > now then w.ms = ms end
            return
          end
          if m == 1 then
            w[1], w[2], w[3], w[4] = 0, 0, 0, 0
            all(w, function(n, a, b, c) subtract(w, -a, -b, -c) end)
          elseif gone > 60 or gone < -60 then
            w[1], w[2], w[3], w[4] = 0, 0, 0, 0
          else
            if last and last[1] == slot - 61 then subtract(w, last[2], last[3], last[4]) end
            if gone > 1 then
              slots(w.key, slot - 60 - gone, slot - 62, function(n, a, b, c) subtract(w, a, b, c) end)
            end
          end
          call('HSET', w.key, 'h', head(w))
          keep(w)
        end

        local function open(key, L)
          local days = L[5] < huge or L[6] < huge
          local got
          if days then
            got = call('HMGET', key, 'h', 'p', field, 'd')
          else
            got = call('HMGET', key, 'h', 'p', field)
          end
          local w = {0, 0, 0, 0, 0, 0, key = key, L = L, ms = now, days = days, fresh = true, a = 0, b = 0, c = 0}
          if days then
            w.day = day(now, L)
            if got[4] then
              local number, requests, tokens = unpack_('<ddd', got[4])
              if number == w.day then w[5], w[6] = requests, tokens end
            end
          end
          if got[2] then
            local over = unpack_('<d', got[2])
            if over > now then
              w.over, w.p = over, {unpack_('<dddddddddddddddddd', got[2], 9)}
            end
          end
          if got[1] then
            local n, a, b, c
            if got[3] then n, a, b, c = unpack_('<dddd', got[3]) end
            if n == slot then w.a, w.b, w.c = a, b, c end
            local m, ms
            m, ms, w[1], w[2], w[3], w[4] = unpack_('<dddddd', got[1])
            roll(w, m, ms, n and {n, a, b, c})
          end
          return w
        end

        local function take(w, cost)
          for d = 1, 6 do
            local left = w.p[6 + d] - cost[d]
            w.p[6 + d] = left > 0 and left or 0
          end
        end

        local function truth(w)
          return pack('<ddddddddddddddddddd', w.over, unpack(w.p, 1, 18))
        end

        local function save(w)
          local key, h, s = w.key, head(w), pack('<dddd', slot, w.a, w.b, w.c)
          if w.days and w.p then
            call('HSET', key, 'h', h, field, s, 'd', pack('<ddd', w.day, w[5], w[6]), 'p', truth(w))
          elseif w.days then
            call('HSET', key, 'h', h, field, s, 'd', pack('<ddd', w.day, w[5], w[6]))
          elseif w.p then
            call('HSET', key, 'h', h, field, s, 'p', truth(w))
          else
            call('HSET', key, 'h', h, field, s)
          end
          if w.fresh then keep(w) end
        end

        """
}
