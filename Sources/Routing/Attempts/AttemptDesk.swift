import GatewayCore
import NIOConcurrencyHelpers

/// What all attempts share: who counts use, who knows of health, who learns from what was used.
final class AttemptDesk: Sendable {
    let health: HealthBoard
    let limits: (any LimitStore)?
    let estimator: TokenEstimator
    let leaseLife: Duration
    let room: WaitingRoom
    let affinity: AffinityTable
    let clock: WaitingClock
    private let gate = NIOLockedValueBox(FeedbackGate())

    init(
        health: HealthBoard, limits: (any LimitStore)?, estimator: TokenEstimator, leaseLife: Duration,
        room: WaitingRoom, affinity: AffinityTable, clock: WaitingClock
    ) {
        self.health = health
        self.limits = limits
        self.estimator = estimator
        self.leaseLife = leaseLife
        self.room = room
        self.affinity = affinity
        self.clock = clock
    }

    /// Settles, and wakes those who wait for what becomes free by it: once the store knows, or they would look too
    /// early and wait on.
    func settle(_ settlement: Settlement) {
        guard let limits else { return }
        limits.settle(settlement) { [room] in
            guard room.count > 0 else { return }
            let lease = settlement.lease
            room.callEnded([lease.deployment.description] + lease.scopes.map(\.scope.description))
        }
    }

    /// Tells the fleet what a provider said of its limits, if that changes anything.
    func tell(_ truth: ProviderTruth) {
        guard let limits, gate.withLockedValue({ $0.admits(truth, at: .now) }) else { return }
        limits.feedback(truth)
    }
}
