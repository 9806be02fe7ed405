/// What came of sharing a call with other requests. The raw value is a metric label.
package enum SharingOutcome: String, Sendable, CaseIterable {
    /// The answer came from a call of this process for the same question.
    case process
    /// For one that means the same.
    case similar
    /// The answer came from a call of another replica for the same question.
    case fleet
    /// For one that means the same.
    case fleetSimilar = "fleet_similar"
    /// It had waited and then made the call itself, as the leader had given up.
    case promoted
    /// It had waited for another replica in vain and then made its own call.
    case late
    /// It made its own call, as too many were under way or waited.
    case full
}
