/// What became of asking for room at a target. The raw value is a metric label.
package enum PickOutcome: String, Sendable, CaseIterable {
    /// The fleet's store gave room.
    case granted
    /// This replica gave room by itself, as the store was out of reach.
    case grantedAlone = "granted_alone"
    case denied
    /// Nothing could decide.
    case failed
}
