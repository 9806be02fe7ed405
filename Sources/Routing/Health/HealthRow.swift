package import GatewayCore

/// What the fleet knows about one deployment. Durations count from when the row was made.
package struct HealthRow: Sendable, Equatable {
    package let deployment: DeploymentID
    package var isOpen = false
    /// Until the first probe may be sent; zero when its time has come.
    package var openMilliseconds: Int64 = 0
    /// Changes whenever the target is opened or taken back.
    package var epoch: Int64 = 0
    /// The key that the provider refused, and until a probe may try it; nil if none.
    package var refusedKeyMark: String?
    package var refusedMilliseconds: Int64 = 0
    /// Whether the report that asked for a lease was given it.
    package var isLeaseGranted = false
    package var limitedMilliseconds: Int64 = 0
    /// Of the last minute.
    package var requests: Int64 = 0
    package var failures: Int64 = 0
    /// Of the last 20 minutes: means in microseconds, and the samples they stand for.
    package var firstTokenMicroseconds: Int64 = 0
    package var firstTokenSamples: Int64 = 0
    package var perTokenMicroseconds: Int64 = 0
    package var perTokenSamples: Int64 = 0
    /// Of the last three minutes.
    package var recent = LatencySums()
    /// Since anybody heard of the target; nil if nobody has.
    package var silentMilliseconds: Int64?
    /// The evidence of a break, in thousandths of what opens the target.
    package var evidencePerMille: Int64 = 0

    package init(deployment: DeploymentID) { self.deployment = deployment }
}
