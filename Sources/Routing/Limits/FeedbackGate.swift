import GatewayCore

/// Lets through what a provider said only where it changes a decision. Pure: time is handed in.
///
/// Headers come with every answer, and telling each to the fleet would double the work of the limiter. What says that
/// little is left is let through, once a second for each deployment; a refusal, unless one just told lasts as long.
package struct FeedbackGate: Sendable {
    private struct Told {
        var lastReading: ContinuousClock.Instant?
        var blockedUntil: [LimitDimension: ContinuousClock.Instant] = [:]
    }

    private var told: [DeploymentID: Told] = [:]

    package init() {}

    /// Whether to tell the fleet of `truth` at `now`; what is let through counts as told.
    package mutating func admits(_ truth: ProviderTruth, at now: ContinuousClock.Instant) -> Bool {
        var told = self.told[truth.deployment] ?? Told()
        var isNews = false
        for block in truth.blocks {
            let end = now + block.wait
            if let known = told.blockedUntil[block.dimension], end < known + Self.pause { continue }
            told.blockedUntil[block.dimension] = end
            isNews = true
        }
        if !isNews {
            guard truth.readings.contains(where: { Self.isLow($0, truth.limits) }) else { return false }
            if let last = told.lastReading, now - last < Self.pause { return false }
        }
        told.lastReading = now
        self.told[truth.deployment] = told
        return true
    }

    private static func isLow(_ reading: ProviderTruth.Reading, _ limits: Limits) -> Bool {
        guard let limit = reading.limit ?? limits[reading.dimension] else { return reading.remaining <= 0 }
        return Double(reading.remaining) < lowShare * Double(limit)
    }

    /// Below this share of the limit a remainder is worth telling.
    private static let lowShare = 0.2
    private static let pause: Duration = .seconds(1)
}
