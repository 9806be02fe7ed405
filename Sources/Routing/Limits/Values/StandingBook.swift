/// Collects how much of the limits of several scopes is left: the tightest of each dimension counts.
package struct StandingBook: Sendable {
    private var tightest: [LimitDimension: LimitStanding] = [:]

    package init() {}

    /// - Parameters:
    ///   - used: by the raw value of the dimension.
    ///   - now: milliseconds since 1970 by the clock of the store.
    package mutating func add(_ used: [Double], _ limits: Limits, now: Double) {
        for (dimension, used) in zip(LimitDimension.allCases, used) {
            guard let limit = limits[dimension] else { continue }
            let remaining = Int(max(0, Double(limit) - used).rounded(.down))
            if let known = tightest[dimension], known.remaining <= remaining { continue }
            tightest[dimension] = LimitStanding(
                dimension: dimension, limit: limit, remaining: remaining,
                reset: .milliseconds(Int64(Self.reset(dimension, used: used, limit: limit, limits, now: now))))
        }
    }

    private static func reset(
        _ dimension: LimitDimension, used: Double, limit: Int, _ limits: Limits, now: Double
    ) -> Double {
        if used <= 0 { return 0 }
        if dimension.isDaily { return UsageWindow.dayEnd(now, limits) - now }
        if limits.window == .bucket { return min(used * 60_000 / Double(max(1, limit)), 3_600_000).rounded(.up) }
        // The current second's slot is the last to go.
        return Double(UsageWindow.second(now) + UsageWindow.slotCount) * 1000 - now
    }

    /// In the order of the dimensions.
    package var standings: [LimitStanding] { LimitDimension.allCases.compactMap { tightest[$0] } }
}
