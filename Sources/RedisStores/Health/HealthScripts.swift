import RedisClient

/// The script by which replicas share what they know about targets. All its keys are of one hash tag.
enum HealthScripts {
    /// Longer than a refused key is left alone.
    static let lifeMilliseconds = 2 * 60 * 60 * 1000
    /// Arguments that stand before those of the first key, and for each key.
    private static let headArguments = 17
    private static let keyArguments = 16
    /// Elements of the row for each key.
    static let rowElements = 21

    /// Takes in the report of each key and answers its row: `TargetHealth.record` once more, by the server's clock and
    /// in one step for the whole fleet.
    ///
    /// `KEYS` one hash for each deployment; `ARGV` as `RedisHealthStore` writes them: now in milliseconds (empty for
    /// the server's clock), the life, the rules, and then for each key its report. Nothing is written for a report
    /// that changes nothing. Some 20 µs of the server's time for a target that is read, 30 µs for one that is reported.
    static let exchange = RedisScript(head + report + row + body)

    private static let head = """
        local time = redis.call('TIME')
        local now = tonumber(ARGV[1]) or (time[1] * 1000 + math.floor(time[2] / 1000))
        local life = ARGV[2]
        local pair, ratioMin, ratioPM = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
        local broken, well, ansEv, evLimit = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
        local usualMin, usualMost = tonumber(ARGV[10]), tonumber(ARGV[11])
        local firstOpen, longOpen, relapse = tonumber(ARGV[12]), tonumber(ARGV[13]), tonumber(ARGV[14])
        local disabled, leaseLife, idle = tonumber(ARGV[15]), tonumber(ARGV[16]), tonumber(ARGV[17])
        local slot, slow = math.floor(now / 5000), math.floor(now / 30000)

        local function number(text) return tonumber(text or '') or 0 end
        local function whole(value) return string.format('%.0f', value) end
        local cs = {'c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9', 'c10', 'c11'}
        local ts = {'t0', 't1', 't2', 't3', 't4', 't5'}
        local match = string.match
        local function counts(h, newest)
          local requests, failures = 0, 0
          for i = 1, 12 do
            local text = h[cs[i]]
            if text then
              local stamp, r, f = match(text, '^(%d+):(%-?%d+):(%-?%d+)$')
              if stamp and tonumber(stamp) > slot - 12 and tonumber(stamp) <= newest then
                requests, failures = requests + r, failures + f
              end
            end
          end
          return math.max(requests, failures), failures
        end
        local function times(text)
          local stamp, a, b, c, d, e = match(text or '', '^(%d+):(%d+):(%d+):(%d+):(%d+):(%d+)$')
          return tonumber(stamp), a, b, c, d, e
        end
        local function memory(h) return math.exp(-math.max(now - number(h.lt), 0) / 400000) end

        """

    private static let report = """
        local function open(h, set)
          local count = number(h.op)
          if h.s ~= '1' and h.ca and now - number(h.ca) > relapse then count = 0 end
          count = count + 1
          local doublings = math.min(count - 1, 20)
          set('s', '1')
          set('op', whole(count))
          set('u', whole(now + math.min(firstOpen * 2 ^ doublings, longOpen)))
          set('ep', whole(number(h.ep) + 1))
          set('l', '')
        end
        local function close(h, set)
          set('s', '0')
          set('ca', whole(now))
          set('ep', whole(number(h.ep) + 1))
          set('ev', '0')
          set('lf', '')
          set('l', '')
          for i = 0, 11 do if h['c' .. i] then set('c' .. i, '') end end
        end
        local function weigh(h, set, requests, failures)
          local evidence = number(h.ev) - math.max(requests, 0) * ansEv
          if failures > 0 then
            local calls, failed = counts(h, slot - 1)
            local usual = well
            if calls >= usualMin then usual = math.min(math.max(failed / calls, well), usualMost) end
            evidence = evidence + failures * (math.log(broken / usual) + ansEv)
          end
          set('ev', string.format('%.17g', math.max(0, evidence)))
          if failures == 0 then return end
          local last = tonumber(h.lf or '')
          local isPair = failures > 1 or (last and now - last <= pair)
          set('lf', whole(now))
          local n, f = counts(h, slot)
          local isLeft = isPair
          if n >= ratioMin then isLeft = f * 1000 >= n * ratioPM end
          if isLeft or number(h.ev) >= evLimit then open(h, set) end
        end
        local function average(h, set, value, weight, factor, sum, per, count)
          local kept = number(h[weight]) * factor
          if count > 0 and per > 0 then
            count = math.min(count, 100)
            kept = math.min(kept, 100 - count)
            set(value, string.format('%.17g', (number(h[value]) * kept + sum / per * count) / (kept + count)))
            kept = kept + count
          end
          set(weight, string.format('%.17g', kept))
        end
        local function speed(h, set, a)
          local firsts, decodes = a[4], a[7]
          if firsts == 0 and decodes == 0 then return end
          local field = 't' .. slow % 6
          local stamp, t1, t2, t3, t4, t5 = times(h[field])
          if stamp ~= slow then t1, t2, t3, t4, t5 = 0, 0, 0, 0, 0 end
          set(field, string.format('%.0f:%.0f:%.0f:%.0f:%.0f:%.0f', slow, t1 + a[3], t2 + firsts, t3 + a[5],
            t4 + a[6], t5 + decodes))
          local factor = memory(h)
          set('lt', whole(now))
          average(h, set, 'fv', 'fw', factor, a[3], firsts, firsts)
          average(h, set, 'pv', 'pw', factor, a[5], a[6], decodes)
        end
        local function record(h, set, a)
          local requests, failures, mark = a[1], a[2], a.mark
          if requests ~= 0 or failures > 0 then
            local field = cs[slot % 12 + 1]
            local stamp, r, f = match(h[field] or '', '^(%d+):(%-?%d+):(%-?%d+)$')
            if tonumber(stamp or '') ~= slot then r, f = 0, 0 end
            set(field, string.format('%.0f:%.0f:%.0f', slot, r + requests, f + failures))
          end
          if a.answers > 0 or failures > 0 or a.probe ~= '' then set('ls', whole(now)) end
          speed(h, set, a)
          if a.limited > 0 then set('li', whole(math.max(number(h.li), now + a.limited))) end
          if a.enabled and h.rk == mark then set('rk', '') set('ru', '') end
          if a.refused then set('rk', mark) set('ru', whole(now + disabled)) end
          local answered = false
          if a.probe ~= '' and h.l and h.l ~= '' and h.l == a.lease then
            set('l', '')
            if a.probe == 'answered' then
              answered = true
              if h.rk == mark then set('rk', '') set('ru', '') end
            elseif a.probe == 'failed' and h.s == '1' then
              open(h, set)
            end
          end
          if h.s == '1' then
            if answered or (a.recovered and failures == 0) then close(h, set) end
          elseif requests > 0 or failures > 0 then
            weigh(h, set, requests, failures)
          end
        end
        local function grant(h, set, a)
          if a.claim == 'none' or now < number(h.li) then return 0 end
          if (h.l or '') ~= '' and now < number(h.lu) then return 0 end
          local isRefused = (h.ru or '') ~= '' and h.rk == a.mark
          local due = h.s == '1' and now >= number(h.u)
          if isRefused then due = now >= number(h.ru) end
          if not due then
            if a.claim ~= 'idle' or h.s == '1' or isRefused or not idle then return 0 end
            if h.ls and now - number(h.ls) < idle then return 0 end
          end
          set('l', a.lease)
          set('lu', whole(now + leaseLife))
          return 1
        end

        """

    private static let row = """
        local function row(h, granted)
          local requests, failures = counts(h, slot)
          local t1, t2, t3, t4, t5 = 0, 0, 0, 0, 0
          for i = 1, 6 do
            local text = h[ts[i]]
            if text then
              local stamp, a, b, c, d, e = times(text)
              if stamp and stamp > slow - 6 then
                t1, t2, t3, t4, t5 = t1 + a, t2 + b, t3 + c, t4 + d, t5 + e
              end
            end
          end
          local kept = memory(h)
          local isOpen = h.s == '1'
          local isRefused = (h.ru or '') ~= ''
          return {
            isOpen and 1 or 0, isOpen and math.max(number(h.u) - now, 0) or 0, number(h.ep),
            isRefused and 1 or 0, isRefused and math.max(number(h.ru) - now, 0) or 0, h.rk or '', granted,
            math.max(number(h.li) - now, 0), requests, failures,
            number(h.fv), number(h.fw) * kept, number(h.pv), number(h.pw) * kept,
            t1, t2, t3, t4, t5, h.ls and math.max(now - number(h.ls), 0) or -1,
            number(h.ev) * 1000 / evLimit}
        end

        """

    private static let body = """
        local rows = {}
        for k = 1, #KEYS do
          local flat, h, changed, count = redis.call('HGETALL', KEYS[k]), {}, {}, 0
          for i = 1, #flat, 2 do h[flat[i]] = flat[i + 1] end
          -- A field that is set twice stands in the list twice: the later one counts.
          local function set(field, value)
            h[field] = value
            changed[count + 1], changed[count + 2] = field, value
            count = count + 2
          end
          local from = \(headArguments) + (k - 1) * \(keyArguments)
          local a = {}
          for i = 1, 7 do a[i] = number(ARGV[from + i]) end
          a.limited = number(ARGV[from + 8])
          a.refused, a.enabled = ARGV[from + 9] == '1', ARGV[from + 10] == '1'
          a.recovered, a.probe = ARGV[from + 11] == '1', ARGV[from + 12]
          a.claim, a.lease, a.mark = ARGV[from + 13], ARGV[from + 14], ARGV[from + 15]
          a.answers = number(ARGV[from + 16])
          record(h, set, a)
          rows[k] = row(h, grant(h, set, a))
          if count > 0 then
            redis.call('HSET', KEYS[k], unpack(changed))
            redis.call('PEXPIRE', KEYS[k], life)
          end
        end
        return rows
        """
}
