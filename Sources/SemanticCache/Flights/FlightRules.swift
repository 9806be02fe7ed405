/// The bounds of coalescing.
package struct FlightRules: Sendable {
    /// Calls under way that others may join; beyond them a request makes its own call.
    package var flights = 4096
    /// Requests that may wait for one call.
    package var followers = 10_000
    /// What is kept of one stream for those who come later or read slowly, in bytes.
    package var flightBytes = 1 << 20
    /// The same for all streams together.
    package var totalBytes = 64 << 20
    /// Questions under way that one question is compared with: the newest of its partition.
    package var courses = 256
    /// How many calls may fail over a request before it is told so.
    package var failures = 2
    /// How many leaders of a request may be denied a call before it asks for itself.
    package var denials = 8
    /// For how long who comes too late to join is told that the answer was stored: long enough for a lookup that was
    /// answered just before the answer was there.
    package var glow: Duration = .seconds(2)

    package init() {}
}
