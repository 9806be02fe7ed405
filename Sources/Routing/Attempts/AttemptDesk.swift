import NIOConcurrencyHelpers

/// What all attempts share: who counts use, who knows of health, who learns from what was used.
struct AttemptDesk: Sendable {
    let health: HealthBoard
    let limits: (any LimitStore)?
    let estimator: TokenEstimator
    let leaseLife: Duration
    let room: WaitingRoom
    let affinity: AffinityTable
    let gate = NIOLockedValueBox(FeedbackGate())

    /// Tells the fleet what a provider said of its limits, if that changes anything.
    func tell(_ truth: ProviderTruth) {
        guard let limits, gate.withLockedValue({ $0.admits(truth, at: .now) }) else { return }
        limits.feedback(truth)
    }
}
