extension LimitScripts {
    /// Whether a call fits, and when it will. The same rules as `UsageWindow` has in process.
    static let room = """
        local cost = {1, input, output, total, 1, total}

        local function bursts(w, d)
          local L = w.L
          if L[9] <= 0 or d > 4 or L[d] == huge then return false end
          local spent = d == 1 and w.a or d == 2 and w.b or d == 3 and w.c or w.b + w.c
          local most = L[d] / 60 * L[9]
          return spent > 0 and spent + cost[d] > (most > 1 and most or 1)
        end

        local function room(w)
          local L, p, least = w.L, w.p, 1
          if p then
            for d = 1, 6 do if p[d] > now then return nil end end
          end
          for d = 1, 6 do
            local c, limit = cost[d], L[d]
            if c > 0 and (p or limit < huge) then
              local left = limit - w[d]
              if p and p[12 + d] > now and p[6 + d] < left then left = p[6 + d] end
              if left < c - 1e-6 then return nil end
              if limit < huge then
                local share = (left - c) / limit
                if share < least then least = share end
                if L[9] > 0 and bursts(w, d) then return nil end
              end
            end
          end
          return least
        end

        local function wait(w)
          local L, p, ends, over = w.L, w.p, {}, {}
          local missing = 0
          for d = 1, 6 do
            local c, limit, stop = cost[d], L[d], now
            if p and p[d] > stop then stop = p[d] end
            if c > 0 then
              if p and p[12 + d] > stop and p[6 + d] < c - 1e-6 then stop = p[12 + d] end
              if c > limit then
                stop = huge
              elseif limit < huge then
                local more = w[d] + c - limit
                local free = now
                if more > 1e-6 then
                  if d > 4 then
                    free = ending(w)
                  elseif L[8] == 1 then
                    free = now + ceil(more * 60000 / limit)
                  else
                    over[d] = more
                    missing = missing + 1
                  end
                end
                if free > stop then stop = free end
                if bursts(w, d) and (slot + 1) * 1000 > stop then stop = (slot + 1) * 1000 end
              end
            end
            ends[d] = stop
          end
          if missing > 0 then
            local used = {}
            all(w, function(n, a, b, c) used[n - slot + 61] = {a, b, c, b + c} end)
            for d, more in pairs(over) do
              local i = 0
              repeat
                i = i + 1
                if used[i] then more = more - used[i][d] end
              until more <= 1e-6 or i == 61
              local free = (slot + i) * 1000
              if free > ends[d] then ends[d] = free end
            end
          end
          local longest, dimension = 1, 0
          for d = 1, 6 do
            if ends[d] - now > longest or (dimension == 0 and ends[d] > now) then
              longest, dimension = ends[d] - now, d
            end
          end
          return longest, dimension
        end

        """
}
