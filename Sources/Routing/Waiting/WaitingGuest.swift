import GatewayCore

/// A request that waits for room.
struct WaitingGuest: Sendable {
    /// What it waits for: those who wait for the same are served one after the other.
    var lane: WaitingLane.Key
    var tenant: TenantID
    /// Its tenant's share beside the others.
    var weight = 1.0
    var priority = WaitingClass.usual
    /// It does not wait longer.
    var deadline: ContinuousClock.Instant
    /// How long the lane's limit needs to make room for one such request, in seconds: one of 600 tokens, where 6,000
    /// a minute are allowed, takes 6.
    var turn: Double

    /// A weight with which one can calculate, whatever was configured.
    var share: Double { weight.isFinite && weight > 0 ? weight : 1 }
}

/// Why there was no room, as far as waiting goes.
struct WaitingDenial: Sendable {
    /// When there will be, if nobody else comes first.
    var retryAfter: Duration
    /// Whether the end of a call under way may make room sooner.
    var endsWithCalls: Bool
}
