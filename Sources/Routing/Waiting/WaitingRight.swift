import GatewayCore

/// How one request may wait.
struct WaitingRight: Sendable {
    var tenant: TenantID
    var weight: Double
    var priority: WaitingClass
    /// Not longer, over all its attempts.
    var deadline: ContinuousClock.Instant
}
