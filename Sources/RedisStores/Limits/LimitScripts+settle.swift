extension LimitScripts {
    /// Replaces what a lease reserved by what was used; does nothing when the lease is gone.
    ///
    /// `KEYS`: use and leases of the deployment, then of each scope, then hash and reservations of each budget.
    /// `ARGV`: second of the reservation, changes of requests, input and output, money spent, number of scopes; the
    /// lease; the records of deployment and scopes; each budget's period as doubles; `:` and the money reserved.
    static let settleBody = """
        local second, requests, input, output, money, scopes = unpack_('<dddddd', ARGV[1])
        local lease, records = ARGV[2], ARGV[3]
        if call('ZREM', KEYS[2], lease) == 0 then return 0 end

        local function over(value) return value > 0 and value or 0 end
        local function at_least_zero(w, from, to)
          for d = from, to do if w[d] < 0 then w[d] = 0 end end
        end

        local function correct(key, L)
          local w = open(key, L)
          local r, i, o = requests, input, output
          local name, old = tostring(second % 61), nil
          if slot - second <= 60 then
            local got = call('HGET', key, name)
            if got then old = {unpack_('<dddd', got)} end
            if old and old[1] ~= second then old = nil end
          end
          if not old then
            r, i, o = over(r), over(i), over(o)
            w.a, w.b, w.c = w.a + r, w.b + i, w.c + o
          elseif second == slot then
            w.a, w.b, w.c = w.a + r, w.b + i, w.c + o
          else
            call('HSET', key, name, pack('<dddd', second, old[2] + r, old[3] + i, old[4] + o))
          end
          w[1], w[2], w[3], w[4] = w[1] + r, w[2] + i, w[3] + o, w[4] + i + o
          at_least_zero(w, 1, 4)
          if w.days then
            r, i, o = requests, input, output
            if day(second * 1000, L) ~= w.day then r, i, o = over(r), over(i), over(o) end
            w[5], w[6] = w[5] + r, w[6] + i + o
            at_least_zero(w, 5, 6)
          end
          if w.p then
            local t = over(input) + over(output)
            take(w, {over(requests), over(input), over(output), t, over(requests), t})
          end
          if requests ~= 0 or input ~= 0 or output ~= 0 then save(w) end
        end

        correct(KEYS[1], record(records, 1))
        for i = 1, scopes do
          local L = record(records, i + 1)
          if L[7] < huge then call('ZREM', KEYS[2 * i + 2], lease) end
          if L[12] == 1 then correct(KEYS[2 * i + 1], L) end
        end
        for i = 1, #ARGV[4] / 8 do
          local k = 2 * (scopes + 1 + i)
          local b = account(KEYS[k - 1], KEYS[k], (unpack_('<d', ARGV[4], i * 8 - 7)))
          local reserved = 0
          if call('ZREM', KEYS[k], lease .. ARGV[5]) == 1 then reserved = tonumber(string.sub(ARGV[5], 2)) end
          call('HSET', KEYS[k - 1], 's', number(b.s + money), 'r', number(b.r - reserved))
        end
        return 1
        """
}
