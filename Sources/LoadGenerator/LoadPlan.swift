/// How requests follow each other.
package struct LoadPlan: Sendable, Equatable {
    /// When the next request is sent.
    package enum Pace: Sendable, Equatable {
        /// Each connection sends its next request when it has the answer to the last.
        case closed(connections: Int)
        /// A fixed rate, whatever the server does: a request that finds no connection free waits, and the wait
        /// counts, so that a stall of the server shows in all requests it delayed.
        case open(requestsPerSecond: Double, connections: Int)
    }

    package var pace: Pace
    /// Of the requests of an open loop.
    package var spacing = ArrivalSchedule.Spacing.even
    /// No more requests than this are sent; nil when the time alone is the bound.
    package var requestLimit: Int?
    /// For how long requests are begun. Those in flight at the end are awaited and counted.
    package var duration: Duration
    /// How long the answers to the last requests may take; what is missing then has failed.
    package var grace: Duration = .seconds(10)
    /// Whether frames say when they were sent, as the mock provider's do that stamps them.
    package var readsStamps = false
    /// A header every answer must carry with this value: an answer without it is a failure. Its name in lower case.
    package var expectation: (name: String, value: String)?

    package init(_ pace: Pace, for duration: Duration, expecting expectation: (name: String, value: String)? = nil) {
        self.pace = pace
        self.duration = duration
        self.expectation = expectation
    }

    package static func == (left: LoadPlan, right: LoadPlan) -> Bool {
        left.pace == right.pace && left.spacing == right.spacing && left.requestLimit == right.requestLimit
            && left.duration == right.duration && left.grace == right.grace
            && left.readsStamps == right.readsStamps
            && left.expectation?.name == right.expectation?.name && left.expectation?.value == right.expectation?.value
    }

    var connections: Int {
        switch pace {
        case .closed(let connections), .open(_, let connections): connections
        }
    }

    /// What makes the plan impossible; nil when it can run.
    var problem: String? {
        if !(1...4096).contains(connections) { return "expected 1 to 4096 connections, found \(connections)" }
        if duration <= .zero || duration > .seconds(3600) { return "expected up to an hour, found \(duration)" }
        if let requestLimit, requestLimit < 1 { return "expected at least one request, found \(requestLimit)" }
        if case .open(let rate, _) = pace, !(rate > 0 && rate <= 1_000_000) {
            return "expected a rate above 0 and up to 1,000,000 a second, found \(rate)"
        }
        return nil
    }
}
