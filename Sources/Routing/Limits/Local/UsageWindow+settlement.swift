extension UsageWindow {
    /// Corrects what was reserved in `second`, once the totals are brought to `now`.
    mutating func correct(_ delta: UsageCost, reservedIn second: Int, now: Double, rolling limits: Limits) {
        roll(to: now, limits)
        correct(delta, reservedIn: second, now: now, limits)
    }

    /// Takes a provider's word. What it says of a bucket becomes the bucket's level, which refills as the provider's
    /// does; anything else is held until the provider starts anew.
    mutating func learn(_ truth: ProviderTruth, now: Double) {
        roll(to: now, truth.limits)
        let longest = LimitLedger.milliseconds(ProviderTruth.longestWord)
        var standing = ProviderStanding()
        if let known = self.truth, known.isWorthKeeping(at: now) { standing = known }
        for block in truth.blocks {
            let wait = min(LimitLedger.milliseconds(block.wait), longest)
            if wait > 0 { standing.block(block.dimension, until: now + wait) }
        }
        let unseen = unseen(truth.uncounted, now: now)
        for reading in truth.readings {
            let remaining = max(0, Double(reading.remaining) - unseen[reading.dimension])
            if truth.limits.window == .bucket, !reading.dimension.isDaily, let limit = truth.limits[reading.dimension] {
                leave(remaining, of: Double(limit), in: reading.dimension)
            } else {
                let reset = min(max(0, LimitLedger.milliseconds(reading.reset)), longest)
                standing.read(reading.dimension, remaining: remaining, until: now + reset)
            }
        }
        self.truth = standing
    }

    private func unseen(_ time: Duration, now: Double) -> UsageCost {
        guard time > .zero else { return UsageCost(requests: 0, input: 0, output: 0) }
        let elapsed = min(LimitLedger.milliseconds(time), 60_000)
        let sum = reserved(since: Self.second(now - elapsed), now: now)
        return UsageCost(requests: sum[0], input: sum[1], output: sum[2])
    }
}
