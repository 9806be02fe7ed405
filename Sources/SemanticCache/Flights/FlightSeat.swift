/// A follower's place. To be listened to by one task; dropped, it is given back.
package final class FlightSeat<Piece: FlightPiece>: Sendable {
    /// What a follower hears.
    package enum News: Sendable {
        /// The next parts of the answer, at least one. With the cosine of the question that is answered, here and
        /// below, if that is another one.
        case pieces([Piece], similarity: Float?)
        /// The answer is whole; nothing follows.
        case landed(FlightLanding, similarity: Float?)
        /// The call failed, and another would not do better; nothing follows.
        case failed(FlightFailure)
        /// Parts of the answer are missing, as they were not read in time; nothing follows.
        case lost
        /// The leader gave up: it is this one's turn to call.
        case leads(FlightLead<Piece>)
        /// The call does not help it: it should look again who answers its question.
        case again(failures: Int)
        /// There was nothing in time; nothing follows.
        case late
        /// The task was cancelled, or the seat was left.
        case cancelled
    }

    private let number: SeatNumber
    private let key: FlightKey
    private let flights: Flights<Piece>

    init(_ number: SeatNumber, key: FlightKey, in flights: Flights<Piece>) {
        self.number = number
        self.key = key
        self.flights = flights
    }

    deinit { flights.leave(number) }

    /// Waits for what comes next. A cancelled task leaves at once.
    package func next() async -> News {
        switch await flights.listen(number) {
        case .pieces(let pieces, let similarity): .pieces(pieces, similarity: similarity)
        case .landed(let landing, let similarity): .landed(landing, similarity: similarity)
        case .failed(let failure): .failed(failure)
        // Who was cancelled before it waited has no seat any more.
        case .lost: Task.isCancelled ? .cancelled : .lost
        case .leads(let flight): .leads(FlightLead(flight, key: key, in: flights))
        case .again(let failures): .again(failures: failures)
        case nil: .cancelled
        }
    }

    /// The same until a deadline; nil for none. Who is late leaves.
    package func next(by deadline: ContinuousClock.Instant?) async -> News {
        guard let deadline else { return await next() }
        return await withTaskGroup(of: News.self) { group in
            group.addTask { await self.next() }
            group.addTask {
                try? await Task.sleep(until: deadline)
                return Task.isCancelled ? .cancelled : .late
            }
            let first = await group.next() ?? .cancelled
            group.cancelAll()
            return first
        }
    }

    /// Leaves, from any thread.
    package func leave() { flights.leave(number) }
}
