extension LimitScripts {
    /// Chooses and reserves, or says who refuses.
    ///
    /// `KEYS`: use and leases of each scope, then of each candidate, then hash and reservations of each budget. `ARGV`:
    /// mode, slack, two draws, input, output, life in ms, number of scopes and of candidates as doubles; the lease; the
    /// records of scopes and candidates; for each budget its amount and period as doubles.
    ///
    /// Answers doubles. Granted: 1, candidate from 0, time in ms, near a budget; then for each scope its use in the six
    /// dimensions; then for each budget what is committed. Denied: 0, cause (1 scope, 2 budget, 3 upstream), index of
    /// the scope or budget from 0, dimension (0 none, 7 calls at the same time), limit and wait in ms (-1 none), used.
    static let pickBody = """
        local mode, slack, u1, u2, input, output, life, scopes, count = unpack_('<ddddddddd', ARGV[1])
        local lease, records = ARGV[2], ARGV[3]
        local total = input + output
        cost = {1, input, output, total, 1, total}

        local function deny(cause, index, dimension, limit, used, longest)
          if limit == huge then limit = -1 end
          if longest == huge then longest = -1 end
          return pack('<ddddddd', 0, cause, index, dimension, limit, used, longest)
        end

        local function held(leases, L)
          if L[7] == huge then return nil end
          return call('ZCOUNT', leases, now + 1, '+inf')
        end

        local opened, refused, worst = {}, nil, 0
        for i = 1, scopes do
          local L = record(records, i)
          local w = {L = L}
          opened[i] = w
          if L[12] == 1 then
            w = open(KEYS[2 * i - 1], L)
            opened[i] = w
            if not room(w) then
              local longest, d = wait(w)
              if longest > worst then
                worst, refused = longest, {1, i - 1, d, d > 0 and L[d] or -1, d > 0 and w[d] or 0}
              end
            end
          end
          local live = held(KEYS[2 * i], L)
          if live and live >= L[7] and worst < 1000 then
            worst, refused = 1000, {1, i - 1, 7, L[7], live}
          end
        end
        if refused then return deny(refused[1], refused[2], refused[3], refused[4], refused[5], worst) end

        local budgets, left, tight = {}, huge, nil
        for i = 1, #ARGV[4] / 16 do
          local amount, period = unpack_('<dd', ARGV[4], i * 16 - 15)
          local k = 2 * (scopes + count + i)
          local b = account(KEYS[k - 1], KEYS[k], period)
          b.amount = amount
          budgets[i] = b
          if amount - b.s - b.r < left then left, tight = amount - b.s - b.r, i end
        end

        local windows, affordable = {}, false
        local function offer(i)
          local k = scopes + i
          local L = record(records, k)
          if L[11] > left then return nil end
          affordable = true
          local w = open(KEYS[2 * k - 1], L)
          windows[i] = w
          w.live = held(KEYS[2 * k], L)
          local share = room(w)
          if not share or not w.live then return share end
          if w.live >= L[7] then return nil end
          local places = (L[7] - w.live - 1) / L[7]
          return places < share and places or share
        end

        local function roomier(fits)
          local best
          for _, f in ipairs(fits) do if not best or f[2] > best[2] then best = f end end
          return best[1]
        end

        local function winner(fits)
          if mode == 0 then return fits[1][1] end
          if mode == 1 then return roomier(fits) end
          local soft = {}
          for _, f in ipairs(fits) do if f[2] >= slack then soft[#soft + 1] = f end end
          if #soft > 0 then fits = soft end
          local n = #fits
          if n == 1 then return fits[1][1] end
          local one, other = math.min(floor(u1 * n), n - 1), math.min(floor(u2 * (n - 1)), n - 2)
          if other >= one then other = other + 1 end
          return roomier({fits[one + 1], fits[other + 1]})
        end

        local function tier(i) return (unpack_('<d', records, (scopes + i) * 96 - 7)) end

        local chosen
        local i = 1
        while i <= count and not chosen do
          local current, fits = tier(i), {}
          repeat
            local share = offer(i)
            if share then
              if mode == 0 and share >= slack then chosen = i break end
              fits[#fits + 1] = {i, share}
            end
            i = i + 1
          until i > count or tier(i) ~= current
          if not chosen and #fits > 0 then chosen = winner(fits) end
        end

        if not chosen then
          if not affordable and tight then
            local b = budgets[tight]
            return deny(2, tight - 1, 0, b.amount, b.s + b.r, b.z - now)
          end
          local best
          for i = 1, count do
            local w = windows[i]
            if w then
              local longest, d, limit, used = 0, 0, -1, 0
              if not room(w) then
                longest, d = wait(w)
                if d > 0 then limit, used = w.L[d], w[d] end
              end
              if w.live and w.live >= w.L[7] and longest < 1000 then
                longest, d, limit, used = 1000, 7, w.L[7], w.live
              end
              if not best or longest < best[1] then best = {longest, d, limit, used} end
            end
          end
          if not best then best = {huge, 0, -1, 0} end
          return deny(3, 0, best[2], best[3], best[4], best[1])
        end

        local expiry = now + life
        local function reserve(w)
          w[1], w[2], w[3], w[4] = w[1] + 1, w[2] + input, w[3] + output, w[4] + total
          w[5], w[6] = w[5] + 1, w[6] + total
          w.a, w.b, w.c = w.a + 1, w.b + input, w.c + output
          if w.p then take(w, cost) end
          save(w)
        end
        local function enter(leases, isNew)
          call('ZADD', leases, expiry, lease)
          if isNew then
            call('ZREMRANGEBYSCORE', leases, '-inf', now - 600000)
            call('PEXPIRE', leases, 7200000)
          end
        end

        local w = windows[chosen]
        local k = 2 * (scopes + chosen)
        local first = w.a == 0
        reserve(w)
        enter(KEYS[k], first)
        local answer, near = '', 0
        for i = 1, scopes do
          local w = opened[i]
          local first = w.L[12] == 0 or w.a == 0
          if w.L[12] == 1 then
            reserve(w)
            answer = answer .. pack('<dddddd', w[1], w[2], w[3], w[4], w[5], w[6])
          else
            answer = answer .. pack('<dddddd', 0, 0, 0, 0, 0, 0)
          end
          if w.L[7] < huge then enter(KEYS[2 * i], first) end
        end
        local money = w.L[11]
        for _, b in ipairs(budgets) do
          if call('ZADD', b.leases, expiry, lease .. ':' .. number(money)) == 1 then b.r = b.r + money end
          if expiry < b.e then
            call('HSET', b.key, 'r', number(b.r), 'e', number(expiry))
          else
            call('HSET', b.key, 'r', number(b.r))
          end
          if b.s + b.r > 0.8 * b.amount then near = 1 end
          answer = answer .. pack('<d', b.s + b.r)
        end
        return pack('<dddd', 1, chosen - 1, now, near) .. answer
        """
}
