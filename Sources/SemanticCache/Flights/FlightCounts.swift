/// How many calls are under way, and what they hold.
package struct FlightCounts: Sendable, Equatable {
    package var flights = 0
    /// Requests that wait for another's call or read its stream.
    package var followers = 0
    /// Those of them whose own answers have begun.
    package var committed = 0
    /// What is kept of streams.
    package var bytes = 0

    package init(flights: Int = 0, followers: Int = 0, committed: Int = 0, bytes: Int = 0) {
        self.flights = flights
        self.followers = followers
        self.committed = committed
        self.bytes = bytes
    }
}
