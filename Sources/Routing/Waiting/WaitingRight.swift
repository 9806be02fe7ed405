import GatewayCore

/// How one request may wait.
struct WaitingRight: Sendable {
    var tenant: TenantID
    var weight: Double
    var priority: WaitingClass
    /// When the caller does not wait any longer; nil when it did not say.
    var deadline: ContinuousClock.Instant?
}
