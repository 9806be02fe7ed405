/// How many requests came and what became of them. What is in none of the last three is still being answered.
package struct MockTally: Sendable, Equatable {
    package var requests = 0
    /// Answered whole, errors included.
    package var completed = 0
    /// The client closed the connection before its answer was whole.
    package var cancelledByClient = 0
    /// Ended by the mock itself: a knob closed the connection, or the server was shut down.
    package var interrupted = 0

    /// Nothing counted yet.
    package init() {}

    /// Requests whose outcome is still open.
    package var inFlight: Int {
        requests - completed - cancelledByClient - interrupted
    }

    static func + (left: MockTally, right: MockTally) -> MockTally {
        var sum = left
        sum.requests += right.requests
        sum.completed += right.completed
        sum.cancelledByClient += right.cancelledByClient
        sum.interrupted += right.interrupted
        return sum
    }
}
