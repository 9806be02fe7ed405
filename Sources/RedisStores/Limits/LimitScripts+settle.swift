extension LimitScripts {
    /// Replaces what a lease reserved by what was used; does nothing when the lease is gone.
    ///
    /// `KEYS`: use and leases of the deployment, then of each scope, then hash and reservations of each budget.
    /// `ARGV`: second of the reservation, changes of requests, input and output, money spent, number of scopes; the
    /// lease; the records of deployment and scopes; each budget's period as doubles; `:` and the money reserved.
    static let settleBody = settleReading + correction + settlement

    private static let settleReading = """
        local second, requests, input, output, spent, scopes = unpack_('<dddddd', ARGV[1])
        local lease, records = ARGV[2], ARGV[3]
        if call('ZREM', KEYS[2], lease) == 0 then return 0 end

        """

    /// Changes what was counted in a second. Comes behind what says which, and by how much.
    static let correction = """
        local name = tostring(second % 61)
        local changes = requests ~= 0 or input ~= 0 or output ~= 0
        local function over(value) return value > 0 and value or 0 end

        local function correct(key, L)
          local open, save, take = use()
          local w = open(key, L)
          local r, i, o, old = requests, input, output, nil
          if second == slot then
            if w.a > 0 then old = {slot, w.a, w.b, w.c} end
          elseif slot - second <= 60 then
            local got = call('HGET', key, name)
            if got then old = {unpack_('<dddd', got)} end
            if old and old[1] ~= second then old = nil end
          end
          if not old then r, i, o = over(r), over(i), over(o) end
          if not old or second == slot then
            w.a, w.b, w.c = w.a + r, w.b + i, w.c + o
          else
            call('HSET', key, name, pack('<dddd', second, old[2] + r, old[3] + i, old[4] + o))
          end
          w[1], w[2], w[3], w[4] = w[1] + r, w[2] + i, w[3] + o, w[4] + i + o
          if w.days then
            r, i, o = requests, input, output
            if floor((second - L[10]) / 86400) ~= w.day then r, i, o = over(r), over(i), over(o) end
            w[5], w[6] = w[5] + r, w[6] + i + o
          end
          for d = 1, 6 do if w[d] < 0 then w[d] = 0 end end
          if w.p then
            local t = over(input) + over(output)
            take(w, {over(requests), over(input), over(output), t, over(requests), t})
          end
          save(w)
        end

        -- The plain case, as in the pick; anything else is left to the general one.
        local function quick(key, L)
          if L[8] ~= 0 or L[5] < huge or L[6] < huge then return false end
          local got = call('HMGET', key, 'h', 'p', name)
          if not got[1] or got[2] or not got[3] then return false end
          local m, ms, t1, t2, t3, t4 = unpack_('<dddddd', got[1])
          local n, a, b, c = unpack_('<dddd', got[3])
          if m ~= 0 or n ~= second or floor(ms / 1000) ~= slot or slot - second > 60 then return false end
          local head = pack('<dddddd', 0, math.max(ms, now), t1 + requests, t2 + input, t3 + output,
            t4 + input + output)
          call('HSET', key, 'h', head, name, pack('<dddd', n, a + requests, b + input, c + output))
          return true
        end

        """

    private static let settlement = """
        for k = 1, scopes + 1 do
          local L = {unpack_('<ddddddddddddd', records, k * 104 - 103)}
          if k > 1 and L[7] < huge then call('ZREM', KEYS[2 * k], lease) end
          if changes and L[13] == 1 and not quick(KEYS[2 * k - 1], L) then correct(KEYS[2 * k - 1], L) end
        end
        if #ARGV[4] > 0 then
          local account = money()
          for i = 1, #ARGV[4] / 8 do
            local k = 2 * (scopes + 1 + i)
            local b = account(KEYS[k - 1], KEYS[k], (unpack_('<d', ARGV[4], i * 8 - 7)))
            if call('ZREM', KEYS[k], lease .. ARGV[5]) == 1 then b.r = b.r - string.sub(ARGV[5], 2) end
            call('HSET', KEYS[k - 1], 's', string.format('%.0f', b.s + spent), 'r', string.format('%.0f', b.r))
          end
        end
        return 1
        """
}
