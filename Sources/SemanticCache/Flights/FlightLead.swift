package import GatewayCore
import NIOConcurrencyHelpers

/// The duty to answer for all who follow. Its first end counts; one that is dropped hands over to a follower.
package final class FlightLead<Piece: FlightPiece>: Sendable {
    package let key: FlightKey
    private let number: FlightNumber
    private let flights: Flights<Piece>
    private let isOver = NIOLockedValueBox(false)

    init(_ number: FlightNumber, key: FlightKey, in flights: Flights<Piece>) {
        self.number = number
        self.key = key
        self.flights = flights
    }

    deinit {
        fail(FlightFailure(.own, GatewayError(.clientGone, "the client went away before there was an answer")))
    }

    /// Whether anybody waits for what this one does.
    package var isFollowed: Bool { flights.isFollowed(number) }

    /// Calls `act` once when nobody follows any more, at once if nobody does. On any thread. One at a time: a second
    /// one replaces the first.
    package func whenDeserted(_ act: @escaping @Sendable () -> Void) {
        if !flights.whenDeserted(number, act) { act() }
    }

    /// Calls `act` once when somebody follows, at once if somebody does, and never when the call ends before. On any
    /// thread. One at a time: a second one replaces the first.
    package func whenFollowed(_ act: @escaping @Sendable () -> Void) {
        if !flights.whenFollowed(number, act) { act() }
    }

    /// A place among those who follow this call; nil when it is over or takes no more of them.
    package func follower(_ wish: FlightWish) -> FlightSeat<Piece>? {
        guard case .follows(let seat) = flights.board(key, course: nil, wish: wish) else { return nil }
        return seat
    }

    /// What is kept of one stream for who reads it slowly, in bytes.
    package var bytesLimit: Int { flights.rules.flightBytes }

    /// Shows a part of the answer.
    package func append(_ piece: Piece) { flights.append(piece, to: number) }

    /// The answer is whole.
    package func land(_ landing: FlightLanding) {
        if end() { flights.land(number, landing) }
    }

    /// There is no answer.
    package func fail(_ failure: FlightFailure) {
        if end() { flights.fail(number, failure) }
    }

    /// There is an answer in the store: all who follow should look there, too.
    /// - Parameter similarity: of the question that it answers, if that is another one.
    package func withdraw(for entry: EntryID, similarity: Float?) {
        if end() { flights.withdraw(number, for: entry, similarity: similarity) }
    }

    /// Follows another call instead, with all who ask the same and take an answer to that question.
    /// - Returns: nil when that call is over or cannot take them; the duty stays.
    package func join(_ rival: FlightRival, similarity: Float, wish: FlightWish) -> FlightSeat<Piece>? {
        guard let other = rival.number,
            let seat = flights.join(number, to: other, similarity: similarity, wish: wish)
        else { return nil }
        _ = end()
        return FlightSeat(seat, key: key, in: flights)
    }

    private func end() -> Bool {
        isOver.withLockedValue { isOver in
            defer { isOver = true }
            return !isOver
        }
    }
}
