/// The times of coalescing over the fleet.
package struct FleetRules: Sendable {
    /// For how long a lead is held without a sign of life: so long who follows a replica that crashed waits at most.
    package var life: Duration = .seconds(3)
    /// How often a lead is prolonged.
    package var beat: Duration = .seconds(1)
    /// How long a request waits for the call of another replica before it makes its own.
    package var wait: Duration = .seconds(15)
    /// For how long the end of a call is remembered.
    package var glow: Duration = .seconds(5)
    /// Calls of other replicas that one question is compared with.
    package var courses = 256
    /// Longer questions are not announced, in bytes: they are joined by the same question only.
    package var questionBytes = 1024

    package init() {}
}
