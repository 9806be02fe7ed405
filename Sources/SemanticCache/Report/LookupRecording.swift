/// How much of the cache's decisions is recorded, and for how long.
package struct LookupRecording: Sendable, Equatable {
    /// Of the requests, 0 to 1; 0 records nothing.
    package var share = 0.0
    /// Lines that are kept for the whole fleet, or a few more.
    package var lines = 100_000
    /// Older lines are dropped.
    package var life: Duration = .seconds(14 * 86_400)

    package init() {}

    package var isOn: Bool { share > 0 }
}
