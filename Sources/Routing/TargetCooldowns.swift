import GatewayCore

/// Which targets just failed. Pure: time is handed in.
struct TargetCooldowns: Sendable {
    private struct Standing {
        var failures = 0
        var coolsUntil: ContinuousClock.Instant?

        /// The later time counts: a short wait asked for later does not end a long one.
        mutating func cool(until end: ContinuousClock.Instant) {
            coolsUntil = max(coolsUntil ?? end, end)
        }
    }

    /// The longest time a provider can make itself be tried last.
    private static let longestCooldown: Duration = .seconds(300)

    private let failureLimit: Int
    private let cooldown: Duration
    private var standings: [DeploymentID: Standing] = [:]

    init(failureLimit: Int, cooldown: Duration) {
        self.failureLimit = failureLimit
        self.cooldown = cooldown
    }

    mutating func record(_ outcome: TargetOutcome, of deployment: DeploymentID, now: ContinuousClock.Instant) {
        switch outcome {
        case .answered:
            standings[deployment] = nil
        case .failed:
            var standing = standings[deployment] ?? Standing()
            standing.failures += 1
            if standing.failures >= failureLimit { standing.cool(until: now + cooldown) }
            standings[deployment] = standing
        case .rateLimited(let wait):
            var standing = standings[deployment] ?? Standing()
            standing.cool(until: now + min(max(wait ?? cooldown, .zero), Self.longestCooldown))
            standings[deployment] = standing
        }
    }

    /// The targets to try last at `now`.
    func cooling(at now: ContinuousClock.Instant) -> Set<DeploymentID> {
        guard !standings.isEmpty else { return [] }
        return Set(standings.filter { $0.value.coolsUntil.map { $0 > now } ?? false }.keys)
    }
}
