extension LimitScripts {
    /// Takes back a pick whose answer nobody heard: with all it reserved, if it ran; else so that it reserves nothing
    /// when it comes late.
    ///
    /// `KEYS` and `ARGV` are the pick's. For one that has not come the lease is entered with half a millisecond in its
    /// end, as no other has: it holds no place, and the pick finds that its lease is there.
    static let cancelBody = cancelReading + correction + """
        call('ZREM', KEYS[2 * found], lease)
        for k = 1, scopes + count do
          if k <= scopes or k == found then
            local L = {unpack_('<ddddddddddddd', records, k * 104 - 103)}
            if k <= scopes and L[7] < huge then call('ZREM', KEYS[2 * k], lease) end
            if (k == found or L[13] == 1) and not quick(KEYS[2 * k - 1], L) then correct(KEYS[2 * k - 1], L) end
          end
        end
        if #ARGV[4] > 0 then
          local account = money()
          local price = string.format('%.0f', (unpack_('<d', records, found * 104 - 15)))
          for i = 1, #ARGV[4] / 16 do
            local k = 2 * (scopes + count + i)
            local b = account(KEYS[k - 1], KEYS[k], (unpack_('<d', ARGV[4], i * 16 - 7)))
            if call('ZREM', KEYS[k], lease .. ':' .. price) == 1 then
              call('HSET', KEYS[k - 1], 'r', string.format('%.0f', b.r - price))
            end
          end
        end
        return 1
        """

    private static let cancelReading = """
        local life, scopes, count = unpack_('<ddd', ARGV[1], 49)
        local lease, records = ARGV[2], ARGV[3]
        local found, expiry
        for k = scopes + 1, scopes + count do
          local score = tonumber(call('ZSCORE', KEYS[2 * k], lease) or nil)
          if score and score % 1 == 0 then found, expiry = k, score end
        end
        if not found then
          for k = scopes + 1, scopes + count do
            call('ZADD', KEYS[2 * k], now + 0.5, lease)
            call('ZREMRANGEBYSCORE', KEYS[2 * k], '-inf', now - 600000)
            call('PEXPIRE', KEYS[2 * k], 7200000)
          end
          return 0
        end
        local second = floor((expiry - life) / 1000)
        local input, output = unpack_('<dd', ARGV[5], (found - scopes) * 16 - 15)
        local requests = -1
        input, output = -input, -output

        """
}
