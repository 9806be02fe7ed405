/// All that the choice of a target needs to know about its health and speed.
package struct TargetCondition: Sendable, Equatable {
    package var standing: TargetStanding = .ready
    /// Until when its provider asked this replica to leave it alone; nil where it did not, or named no time.
    package var askedUntil: ContinuousClock.Instant?
    /// Calls of this replica under way there.
    package var inFlight = 0
    /// Requests and failures of the last minute, by the whole fleet where that is known.
    package var requests: Int64 = 0
    package var failures: Int64 = 0
    /// Of the last 20 minutes.
    package var usual = LatencyFigures()
    /// Of the last three minutes.
    package var recent = LatencyFigures()
    /// Since the last answer, failure or probe; nil if there was none.
    package var silence: Duration?

    package init() {}

    /// Failed requests of the last minute as a share, 0 if there were none.
    package var failureRatio: Double { requests > 0 ? Double(failures) / Double(requests) : 0 }
}
