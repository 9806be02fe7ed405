extension LimitScripts {
    /// Chooses and reserves, or says who refuses.
    ///
    /// `KEYS`: use and leases of each scope, then of each candidate, then hash and reservations of each budget. `ARGV`:
    /// mode, slack, two draws, the most input and output of any candidate, life in ms, number of scopes and of
    /// candidates as doubles; the lease; the records of scopes and candidates; for each budget its amount and period as
    /// doubles; for each candidate its input and output as doubles.
    ///
    /// Answers doubles. Granted: 1, candidate from 0, time in ms, near a budget; then for each scope its use in the six
    /// dimensions; then for each budget what is committed. Denied: 0, cause (1 scope, 2 budget, 3 upstream), index of
    /// the scope or budget from 0, dimension (0 none, 7 calls at the same time), limit and wait in ms (-1 none), used.
    static let pickBody = pickReading + pickChoice + pickReservation

    /// Comes before the functions made on demand, which know it too.
    static let pickArguments = """
        local mode, slack, u1, u2, input, output, life, scopes, count = unpack_('<ddddddddd', ARGV[1])
        local lease, records = ARGV[2], ARGV[3]
        local total = input + output

        """

    /// The plain case, that nearly all are: counted by sliding minutes alone, already brought to this second, and no
    /// provider's word. Its window is an array of the totals, the second's amounts, its time and whether it is new.
    private static let pickReading = """
        local open, save, room, wait, take, cost

        local function record(k) return {unpack_('<ddddddddddddd', records, k * 104 - 103)} end

        local function general(k)
          if not open then open, save, room, wait, take, cost = use() end
          return open(KEYS[2 * k - 1], record(k))
        end

        -- From here on the call is as large as it is at this candidate; before, as large as at any.
        local function weigh(k)
          input, output = unpack_('<dd', ARGV[5], (k - scopes) * 16 - 15)
          total = input + output
          if cost then cost[2], cost[3], cost[4], cost[6] = input, output, total, total end
        end

        local function deny(cause, index, dimension, limit, used, longest)
          if limit == huge then limit = -1 end
          if longest == huge then longest = -1 end
          return pack('<ddddddd', 0, cause, index, dimension, limit, used, longest)
        end

        local windows, lives, left, affordable = {}, {}, huge, false

        local function look(k)
          local l1, l2, l3, l4, l5, l6, l7, model, burst, _, _, money, last =
            unpack_('<ddddddddddddd', records, k * 104 - 103)
          if k > scopes then
            if money > left then return nil end
            affordable = true
            weigh(k)
          end
          local share = 1
          if k > scopes or last == 1 then
            local w
            if model == 0 and burst == 0 and l5 == huge and l6 == huge then
              local got = call('HMGET', KEYS[2 * k - 1], 'h', 'p', field)
              if not got[1] then
                if not got[2] then w = {0, 0, 0, 0, 0, 0, 0, now, true} end
              elseif not got[2] then
                local m, ms, t1, t2, t3, t4 = unpack_('<dddddd', got[1])
                if m == 0 and floor(ms / 1000) == slot then
                  local n, a, b, c
                  if got[3] then n, a, b, c = unpack_('<dddd', got[3]) end
                  if n ~= slot then a, b, c = 0, 0, 0 end
                  w = {t1, t2, t3, t4, a, b, c, ms > now and ms or now}
                end
              end
            end
            if w then
              local least = l1 < huge and (l1 - w[1] - 1) / l1 or 1
              if input > 0 and l2 < huge and (l2 - w[2] - input) / l2 < least then least = (l2 - w[2] - input) / l2 end
              if output > 0 and l3 < huge and (l3 - w[3] - output) / l3 < least then
                least = (l3 - w[3] - output) / l3
              end
              if total > 0 and l4 < huge and (l4 - w[4] - total) / l4 < least then least = (l4 - w[4] - total) / l4 end
              share = least >= 0 and least or nil
            else
              w = general(k)
              share = room(w)
            end
            windows[k] = w
          end
          if l7 < huge then
            local live = call('ZCOUNT', KEYS[2 * k], now + 1, '+inf')
            lives[k] = live
            if live >= l7 then return nil end
            if share and (l7 - live - 1) / l7 < share then share = (l7 - live - 1) / l7 end
          end
          return share
        end

        local function refusal(k)
          if k > scopes then weigh(k) end
          local L = record(k)
          local longest, d, limit, used = 0, 0, -1, 0
          if windows[k] then
            local w = general(k)
            if not room(w) then
              longest, d = wait(w)
              if d > 0 then limit, used = L[d], w[d] end
            end
          end
          if lives[k] and lives[k] >= L[7] and longest < 1000 then
            longest, d, limit, used = 1000, 7, L[7], lives[k]
          end
          return longest, d, limit, used
        end

        """

    private static let pickChoice = """
        local refused, worst = nil, 0
        for k = 1, scopes do
          if not look(k) then
            local longest, d, limit, used = refusal(k)
            if longest > worst then worst, refused = longest, {k - 1, d, limit, used} end
          end
        end
        if refused then return deny(1, refused[1], refused[2], refused[3], refused[4], worst) end

        local budgets, tight = {}, nil
        if #ARGV[4] > 0 then
          local account = money()
          for i = 1, #ARGV[4] / 16 do
            local amount, period = unpack_('<dd', ARGV[4], i * 16 - 15)
            local k = 2 * (scopes + count + i)
            local b = account(KEYS[k - 1], KEYS[k], period)
            b.amount = amount
            budgets[i] = b
            if amount - b.s - b.r < left then left, tight = amount - b.s - b.r, i end
          end
        end

        local chosen, n, indices, shares, tier = nil, 0, {}, {}, nil
        for k = scopes + 1, scopes + count do
          if n > 0 and unpack_('<d', records, k * 104 - 7) ~= tier then break end
          local share = look(k)
          if share then
            if mode == 0 and share >= slack then chosen = k break end
            if n == 0 then tier = unpack_('<d', records, k * 104 - 7) end
            n = n + 1
            indices[n], shares[n] = k, share
          end
        end

        local function roomier(from, to)
          local best = from
          for i = from + 1, to do if shares[i] > shares[best] then best = i end end
          return indices[best]
        end
        if not chosen and n > 0 then
          if mode == 0 then
            chosen = indices[1]
          elseif mode == 1 then
            chosen = roomier(1, n)
          else
            local soft = 0
            for i = 1, n do
              if shares[i] >= slack then
                soft = soft + 1
                indices[soft], shares[soft] = indices[i], shares[i]
              end
            end
            if soft > 0 then n = soft end
            if n == 1 then
              chosen = indices[1]
            else
              local one, other = math.min(floor(u1 * n), n - 1) + 1, math.min(floor(u2 * (n - 1)), n - 2) + 1
              if other >= one then other = other + 1 end
              chosen = shares[other] > shares[one] and indices[other] or indices[one]
            end
          end
        end

        if not chosen then
          if not affordable and tight then
            local b = budgets[tight]
            return deny(2, tight - 1, 0, b.amount, b.s + b.r, b.z - now)
          end
          local best, dimension, limit, used
          for k = scopes + 1, scopes + count do
            if windows[k] then
              local longest, d, l, u = refusal(k)
              if not best or longest < best then best, dimension, limit, used = longest, d, l, u end
            end
          end
          return deny(3, 0, dimension or 0, limit or -1, used or 0, best or huge)
        end

        """

    private static let pickReservation = """
        local expiry = now + life
        local function tidy(leases)
          call('ZREMRANGEBYSCORE', leases, '-inf', now - 600000)
          call('PEXPIRE', leases, 7200000)
        end

        -- One that was cancelled before it came finds its lease there.
        if life > 0 and call('ZADD', KEYS[2 * chosen], 'NX', expiry, lease) == 0 then
          return deny(3, 0, 0, huge, 0, 0)
        end

        weigh(chosen)
        local function reserve(k)
          local w = windows[k]
          if w.L then
            local isNew = w.a == 0
            w[1], w[2], w[3], w[4] = w[1] + 1, w[2] + input, w[3] + output, w[4] + total
            w[5], w[6] = w[5] + 1, w[6] + total
            w.a, w.b, w.c = w.a + 1, w.b + input, w.c + output
            if w.p then take(w, cost) end
            save(w)
            return isNew, w[5], w[6]
          end
          local t1, t2, t3, t4 = w[1] + 1, w[2] + input, w[3] + output, w[4] + total
          w[1], w[2], w[3], w[4] = t1, t2, t3, t4
          call('HSET', KEYS[2 * k - 1], 'h', pack('<dddddd', 0, w[8], t1, t2, t3, t4), field,
            pack('<dddd', slot, w[5] + 1, w[6] + input, w[7] + output))
          if w[9] then call('PEXPIRE', KEYS[2 * k - 1], 63000) end
          return w[5] == 0, 0, 0
        end

        if reserve(chosen) and life > 0 then tidy(KEYS[2 * chosen]) end
        local answer, near = '', 0
        for k = 1, scopes do
          local isNew, w5, w6 = true, 0, 0
          local w = windows[k]
          if w then
            isNew, w5, w6 = reserve(k)
            answer = answer .. pack('<dddddd', w[1], w[2], w[3], w[4], w5, w6)
          else
            answer = answer .. pack('<dddddd', 0, 0, 0, 0, 0, 0)
          end
          if lives[k] and life > 0 then
            call('ZADD', KEYS[2 * k], expiry, lease)
            if isNew then tidy(KEYS[2 * k]) end
          end
        end
        if #budgets > 0 then
          local price = unpack_('<d', records, chosen * 104 - 15)
          local text = string.format('%.0f', price)
          for _, b in ipairs(budgets) do
            if call('ZADD', b.leases, expiry, lease .. ':' .. text) == 1 then b.r = b.r + price end
            if expiry < b.e then
              call('HSET', b.key, 'r', string.format('%.0f', b.r), 'e', expiry)
            else
              call('HSET', b.key, 'r', string.format('%.0f', b.r))
            end
            if b.s + b.r > 0.8 * b.amount then near = 1 end
            answer = answer .. pack('<d', b.s + b.r)
          end
        end
        return pack('<dddd', 1, chosen - scopes - 1, now, near) .. answer
        """
}
