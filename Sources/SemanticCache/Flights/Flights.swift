package import GatewayCore
import NIOConcurrencyHelpers

/// The calls under way in this process, which requests for the same answer join instead of calling themselves.
///
/// Any thread. Nobody is resumed under the lock.
package final class Flights<Piece: FlightPiece>: Sendable {
    typealias Waiter = CheckedContinuation<FlightNews<Piece>?, Never>
    typealias Table = FlightTable<Piece, Waiter>

    /// How a request comes to its answer.
    package enum Boarding: Sendable {
        /// By its own call, which others may follow. It should look whether another of `rivals` answers it, too.
        case leads(FlightLead<Piece>, rivals: [FlightRival])
        /// By the call of another.
        case follows(FlightSeat<Piece>)
        /// The answer was stored a moment ago; that to a question which is so similar, unless there is no similarity.
        case stored(EntryID, similarity: Float?)
        /// By its own call, as too many others are under way or wait.
        case alone
    }

    private struct State: Sendable {
        var table: Table
        /// Called when nobody follows any more.
        var watchers: [FlightNumber: @Sendable () -> Void] = [:]
        /// Called when somebody follows.
        var starters: [FlightNumber: @Sendable () -> Void] = [:]

        /// Its leader hears of nobody any more.
        mutating func forget(_ number: FlightNumber) {
            watchers[number] = nil
            starters[number] = nil
        }
    }

    let rules: FlightRules
    private let state: NIOLockedValueBox<State>

    package init(rules: FlightRules = FlightRules()) {
        self.rules = rules
        state = NIOLockedValueBox(State(table: Table(rules: rules)))
    }

    /// Calls under way, those who follow them, and what is kept for them. Not for each request.
    package var counts: FlightCounts {
        state.withLockedValue { state in
            FlightCounts(
                flights: state.table.flights.count, followers: state.table.seats.count,
                committed: state.table.seats.values.count(where: \.isCommitted), bytes: state.table.bytes)
        }
    }

    /// Joins the call for this question, or opens one.
    /// - Parameters:
    ///   - course: of a question that may be answered by the answer to a similar one; else nil.
    ///   - wish: what it takes of another's call.
    package func board(_ key: FlightKey, course: FlightCourse?, wish: FlightWish) -> Boarding {
        let (boarding, starter) = state.withLockedValue { state -> (FlightBoarding, (@Sendable () -> Void)?) in
            let boarding = state.table.board(key, course: course, wish: wish, now: .now)
            guard case .follows(let seat) = boarding, let flight = state.table.seats[seat]?.flight else {
                return (boarding, nil)
            }
            return (boarding, state.starters.removeValue(forKey: flight))
        }
        starter?()
        return switch boarding {
        case .leads(let number, let rivals): .leads(FlightLead(number, key: key, in: self), rivals: rivals)
        case .follows(let seat): .follows(FlightSeat(seat, key: key, in: self))
        case .stored(let entry, let similarity): .stored(entry, similarity: similarity)
        case .alone: .alone
        }
    }

    /// What was answered a moment ago is no longer in the store: the next who asks calls again.
    package func forget(_ key: FlightKey) { state.withLockedValue { $0.table.forget(key) } }

    // MARK: - For leads and seats

    func isFollowed(_ number: FlightNumber) -> Bool { state.withLockedValue { $0.table.isFollowed(number) } }

    /// - Returns: false when nobody follows now; `act` is then not kept.
    func whenDeserted(_ number: FlightNumber, _ act: @escaping @Sendable () -> Void) -> Bool {
        state.withLockedValue { state in
            guard state.table.isFollowed(number) else { return false }
            state.watchers[number] = act
            return true
        }
    }

    /// - Returns: false when somebody follows now; `act` is then not kept.
    func whenFollowed(_ number: FlightNumber, _ act: @escaping @Sendable () -> Void) -> Bool {
        state.withLockedValue { state in
            if state.table.isFollowed(number) { return false }
            let isUnderWay = state.table.flights[number] != nil && state.table.flights[number]?.landing == nil
            if isUnderWay { state.starters[number] = act }
            return true
        }
    }

    func append(_ piece: Piece, to number: FlightNumber) {
        tell(state.withLockedValue { $0.table.append(piece, to: number) })
    }

    func land(_ number: FlightNumber, _ landing: FlightLanding) {
        tell(
            state.withLockedValue { state in
                state.forget(number)
                return state.table.land(number, landing, now: .now)
            })
    }

    func fail(_ number: FlightNumber, _ failure: FlightFailure) {
        tell(
            state.withLockedValue { state in
                state.forget(number)
                return state.table.fail(number, failure)
            })
    }

    func withdraw(_ number: FlightNumber, for entry: EntryID, similarity: Float?) {
        tell(
            state.withLockedValue { state in
                state.forget(number)
                return state.table.withdraw(number, for: entry, similarity: similarity, now: .now)
            })
    }

    func join(_ number: FlightNumber, to other: FlightNumber, similarity: Float, wish: FlightWish) -> SeatNumber? {
        let (seat, told, starter) = state.withLockedValue {
            state -> (SeatNumber?, Table.Told, (@Sendable () -> Void)?) in
            let (seat, told) = state.table.join(number, to: other, similarity: similarity, wish: wish)
            return (seat, told, seat == nil ? nil : state.starters.removeValue(forKey: other))
        }
        tell(told)
        starter?()
        return seat
    }

    func listen(_ seat: SeatNumber) async -> FlightNews<Piece>? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { (waiter: Waiter) in
                let news = state.withLockedValue { $0.table.listen(seat, waiter: waiter) }
                if let news { waiter.resume(returning: news) }
            }
        } onCancel: {
            leave(seat)
        }
    }

    func leave(_ seat: SeatNumber) {
        let (told, own, watcher) = state.withLockedValue { state in
            let (told, own, deserted) = state.table.leave(seat)
            return (told, own, deserted.flatMap { state.watchers.removeValue(forKey: $0) })
        }
        own?.resume(returning: nil)
        tell(told)
        watcher?()
    }

    private func tell(_ told: Table.Told) {
        for (waiter, news) in told { waiter.resume(returning: news) }
    }
}
