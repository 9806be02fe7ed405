extension UsageWindow {
    /// The share of its tightest limit that a deployment has left after a call; nil when the call does not fit.
    /// One without limits has all of it left.
    func headroom(for cost: UsageCost, now: Double, _ limits: Limits) -> Double? {
        if let truth, LimitDimension.allCases.contains(where: { truth.block($0, at: now) != nil }) { return nil }
        var least = 1.0
        for dimension in LimitDimension.allCases where cost[dimension] > 0 {
            let limit = limits[dimension].map(Double.init) ?? .infinity
            var left = limit - used(dimension)
            if let reading = truth?.reading(dimension, at: now) { left = min(left, reading.remaining) }
            guard left >= cost[dimension] - Self.tolerance else { return nil }
            if limit < .infinity { least = min(least, (left - cost[dimension]) / limit) }
            if exceedsBurst(dimension, cost, now: now, limits) { return nil }
        }
        return least
    }

    /// When a refused call would fit, and the dimension that lasts longest; infinite when never.
    func wait(for cost: UsageCost, now: Double, _ limits: Limits) -> LimitWait {
        var longest = LimitWait(milliseconds: 1, dimension: nil)
        for dimension in LimitDimension.allCases {
            var end = truth?.block(dimension, at: now) ?? now
            if cost[dimension] > 0 { end = max(end, fit(dimension, cost, now: now, limits)) }
            let wait = LimitWait(milliseconds: end - now, dimension: dimension)
            if wait.milliseconds > longest.milliseconds || longest.dimension == nil && end > now { longest = wait }
        }
        return longest
    }

    /// When the cost fits one dimension; infinite for never.
    private func fit(_ dimension: LimitDimension, _ cost: UsageCost, now: Double, _ limits: Limits) -> Double {
        var end = now
        if let reading = truth?.reading(dimension, at: now), reading.remaining < cost[dimension] - Self.tolerance {
            end = reading.until
        }
        guard let limit = limits[dimension].map(Double.init) else { return end }
        if cost[dimension] > limit { return .infinity }
        let over = used(dimension) + cost[dimension] - limit
        if over > Self.tolerance {
            if dimension.isDaily {
                end = max(end, Self.dayEnd(now, limits))
            } else if limits.window == .bucket {
                end = max(end, now + (over * 60_000 / limit).rounded(.up))
            } else {
                end = max(end, freeing(over, dimension, now: now))
            }
        }
        if exceedsBurst(dimension, cost, now: now, limits) {
            end = max(end, Double(Self.second(now) + 1) * 1000)
        }
        return end
    }

    /// When the oldest slots will have taken `amount` with them.
    private func freeing(_ amount: Double, _ dimension: LimitDimension, now: Double) -> Double {
        let current = Self.second(now)
        var rest = amount
        for second in (current - 60)...current {
            rest -= amounts(in: second)[dimension.rawValue]
            if rest <= Self.tolerance { return Double(second + Self.slotCount) * 1000 }
        }
        return Double(current + Self.slotCount) * 1000
    }

    private func exceedsBurst(_ dimension: LimitDimension, _ cost: UsageCost, now: Double, _ limits: Limits) -> Bool {
        guard let burst = limits.burst, burst > 0, !dimension.isDaily, let limit = limits[dimension]
        else { return false }
        let spent = amounts(in: Self.second(now))[dimension.rawValue]
        return spent > 0 && spent + cost[dimension] > max(1, Double(limit) / 60 * burst)
    }

    /// A bucket's level is no whole number: what is missing by less than this is there.
    private static let tolerance = 1e-6
}
