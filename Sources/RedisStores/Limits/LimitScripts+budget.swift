extension LimitScripts {
    /// Money of one scope and period: a hash of decimal numbers, `s` spent and `r` reserved in billionths of a dollar,
    /// `z` end of the period and `e` earliest end of a reservation in ms; and a zset of reservations `lease:amount` by
    /// their end. The end of a month after Howard Hinnant, "chrono-compatible low-level date algorithms".
    static let budget = """
        local function number(value) return string.format('%.0f', value) end

        local function ending(period)
          local d = floor(now / 86400000)
          if period == 0 then return (d + 1) * 86400000 end
          if period == 2 then return huge end
          local z = d + 719468
          local era = floor(z / 146097)
          local doe = z - era * 146097
          local yoe = floor((doe - floor(doe / 1460) + floor(doe / 36524) - floor(doe / 146096)) / 365)
          local doy = doe - (365 * yoe + floor(yoe / 4) - floor(yoe / 100))
          local m = floor((5 * doy + 2) / 153) + 1
          if m == 12 then m, yoe = 0, yoe + 1 end
          local first = 365 * yoe + floor(yoe / 4) - floor(yoe / 100) + floor(yoe / 400) + floor((153 * m + 2) / 5)
          return (era * 146097 + first - 719468) * 86400000
        end

        local function account(key, leases, period)
          local got = call('HMGET', key, 's', 'r', 'z', 'e')
          local b = {key = key, leases = leases, s = tonumber(got[1] or 0), r = tonumber(got[2] or 0),
            z = tonumber(got[3] or huge), e = tonumber(got[4] or huge)}
          if now >= b.z or (period ~= 2 and not got[3]) then
            b.s, b.z = got[3] and 0 or b.s, ending(period)
            call('HSET', key, 's', number(b.s), 'z', number(b.z))
            call('PEXPIREAT', key, number(b.z + 86400000))
          elseif period == 2 then
            b.z = huge
          end
          while now >= b.e do
            local over = call('ZRANGEBYSCORE', leases, '-inf', now, 'LIMIT', 0, 500)
            for _, name in ipairs(over) do b.r = b.r - tonumber(string.match(name, '(%d+)$')) end
            if #over > 0 then call('ZREM', leases, unpack(over)) end
            local first = call('ZRANGE', leases, 0, 0, 'WITHSCORES')
            b.e = tonumber(first[2] or huge)
            call('HSET', key, 'r', number(b.r))
            if first[2] then call('HSET', key, 'e', first[2]) else call('HDEL', key, 'e') end
          end
          return b
        end

        """
}
