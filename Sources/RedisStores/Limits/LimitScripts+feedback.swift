extension LimitScripts {
    /// Takes a provider's word of one deployment.
    ///
    /// `KEYS`: its use. `ARGV`: its record; for the six dimensions the wait of a block in ms (0 none), what remains (-1
    /// unknown), and the time to the reset in ms; the time in ms whose reservations the provider may not have counted.
    static let feedbackBody = """
        local w = open(KEYS[1], record(ARGV[1], 1))
        local L, unseen = w.L, {0, 0, 0, 0, 0, 0}
        local said = {unpack_('<dddddddddddddddddd', ARGV[2])}
        local time = unpack_('<d', ARGV[2], 145)
        if time > 0 then
          slots(KEYS[1], floor((now - time) / 1000), slot, function(n, a, b, c)
            unseen[1], unseen[2], unseen[3], unseen[4] = unseen[1] + a, unseen[2] + b, unseen[3] + c, unseen[4] + b + c
          end)
          unseen[5], unseen[6] = unseen[1], unseen[4]
        end
        local p = w.p or {0, 0, 0, 0, 0, 0, huge, huge, huge, huge, huge, huge, 0, 0, 0, 0, 0, 0}
        for d = 1, 6 do
          if said[d] > 0 and now + said[d] > p[d] then p[d] = now + said[d] end
          if said[6 + d] >= 0 then
            local left = said[6 + d] - unseen[d]
            if left < 0 then left = 0 end
            if L[8] == 1 and d <= 4 and L[d] < huge then
              if L[d] - left > w[d] then w[d] = L[d] - left end
            else
              p[6 + d], p[12 + d] = left, now + said[12 + d]
            end
          end
        end
        w.p, w.over = p, 0
        for d = 1, 6 do
          if p[d] > w.over then w.over = p[d] end
          if p[12 + d] > w.over then w.over = p[12 + d] end
        end
        w.fresh = true
        save(w)
        return 1
        """
}
