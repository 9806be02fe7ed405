import GatewayCore

/// What becomes of a call, and who hears of it.
extension FlightTable {
    /// The leader shows a part of the answer. Of what is more than may be kept the oldest parts go.
    mutating func append(_ piece: Piece, to number: FlightNumber) -> Told {
        var told: Told = []
        guard flights[number] != nil else { return told }
        flights[number]?.pieces.append(piece)
        count(piece.bytes, number)
        // Who waits has read all that came before: it gets this part even if it cannot be kept.
        for seat in flights[number]?.seats ?? [] { wake(seat, &told) }
        while let oldest = flights[number]?.pieces.first, let kept = flights[number]?.bytes,
            kept > rules.flightBytes || bytes > rules.totalBytes
        {
            flights[number]?.pieces.removeFirst()
            flights[number]?.first += 1
            count(-oldest.bytes, number)
        }
        return told
    }

    private mutating func count(_ change: Int, _ number: FlightNumber) {
        flights[number]?.bytes += change
        bytes += change
    }

    /// The answer is whole.
    mutating func land(_ number: FlightNumber, _ landing: FlightLanding, now: ContinuousClock.Instant) -> Told {
        var told: Told = []
        guard flights[number] != nil, flights[number]?.landing == nil else { return told }
        if landing.isStored { keepGlowing(number, now: now) }
        close(number)
        flights[number]?.landing = landing
        if landing.answer == nil { handOn(number, &told) }
        for seat in followers(of: number) { wake(seat, &told) }
        if flights[number]?.seats.isEmpty == true { remove(number) }
        return told
    }

    /// Nobody has what has landed as a whole. Who has begun to read its parts, or still can, gets them to the end. For
    /// the others one calls anew, if there is one that wants no stream: what it gets is whole for all of them.
    private mutating func handOn(_ number: FlightNumber, _ told: inout Told) {
        guard let flight = flights[number] else { return }
        var stay: [SeatNumber] = []
        for seat in flight.seats.sorted() {
            guard let own = seats[seat], !own.isCommitted, !isReading(own, flight) else { continue }
            flights[number]?.seats.remove(seat)
            let failures = own.wish.failures + 1
            seats[seat]?.wish.failures = failures
            // Those who ask something else than the heir would have to be compared with it first.
            if own.isByMeaning || failures >= rules.failures {
                tell(seat, .again(failures: failures), &told)
            } else {
                stay.append(seat)
            }
        }
        let wantsWhole = stay.first { seats[$0]?.wish.readsPieces == false }
        guard let heir = wantsWhole ?? stay.first, let wish = seats[heir]?.wish else { return }
        let successor = FlightNumber(value: next())
        open(successor, Flight(key: flight.key, course: flight.course, leader: wish))
        for seat in stay { seats[seat]?.flight = successor }
        flights[successor]?.seats = Set(stay).subtracting([heir])
        tell(heir, .leads(successor), &told)
    }

    /// Whether there are parts that it has not read, and none is missing between.
    private func isReading(_ seat: Seat, _ flight: Flight) -> Bool {
        seat.wish.reads(from: flight.leader) && seat.next >= flight.first && seat.next < flight.end
    }

    /// The leader gives up. One of those who have sent nothing takes its place if another call may do better.
    mutating func fail(_ number: FlightNumber, _ failure: FlightFailure) -> Told {
        var told: Told = []
        guard let kept = flights[number]?.bytes, flights[number]?.landing == nil else { return told }
        var stay: [SeatNumber] = []
        for seat in followers(of: number) {
            if let news = verdict(on: seat, failure) { tell(seat, news, &told) } else { stay.append(seat) }
        }
        bytes -= kept
        flights[number]?.pieces.removeAll()
        flights[number]?.first = 0
        flights[number]?.bytes = 0
        guard let heir = stay.first, let wish = seats[heir]?.wish else {
            close(number)
            remove(number)
            return told
        }
        flights[number]?.leader = wish
        flights[number]?.seats = Set(stay.dropFirst())
        tell(heir, .leads(number), &told)
        return told
    }

    /// What a follower is told when its leader gives up; nil if it may go on with another.
    private mutating func verdict(on number: SeatNumber, _ failure: FlightFailure) -> News? {
        guard let seat = seats[number] else { return .failed(failure) }
        if seat.isCommitted { return .failed(failure) }
        switch failure.kind {
        case .own: break
        case .denied:
            seats[number]?.denials += 1
            // What it may do itself nobody else can find out.
            if seat.denials + 1 >= rules.denials { return .again(failures: rules.failures) }
        case .provider:
            seats[number]?.wish.failures += 1
            if seat.wish.failures + 1 >= rules.failures { return .failed(failure) }
        case .request:
            guard !seat.isByMeaning else { break }
            // What the two say differently may be what the provider finds at fault.
            let isSame = flights[seat.flight]?.leader.incidentals == seat.wish.incidentals
            return isSame ? .failed(failure) : .again(failures: seat.wish.failures + 1)
        }
        // Those who ask something else than the heir would have to be compared with it first.
        return seat.isByMeaning ? .again(failures: seats[number]?.wish.failures ?? 0) : nil
    }

    /// The leader has found an answer in the store: all who follow should look there, too, each for itself, as what is
    /// deleted meanwhile must not be served.
    /// - Parameter similarity: of the question that it answers, if that is another one.
    mutating func withdraw(
        _ number: FlightNumber, for entry: EntryID, similarity: Float?, now: ContinuousClock.Instant
    ) -> Told {
        var told: Told = []
        guard let key = flights[number]?.key, flights[number]?.landing == nil else { return told }
        let followers = followers(of: number)
        point(key, to: entry, similarity: similarity, now: now)
        close(number)
        remove(number)
        for seat in followers { tell(seat, .again(failures: seats[seat]?.wish.failures ?? 0), &told) }
        return told
    }

    // MARK: - Followers

    /// - Returns: what there is for it; nil when it waits.
    mutating func listen(_ number: SeatNumber, waiter: Waiter) -> News? {
        guard let seat = seats[number] else { return .lost }
        if let news = seat.news {
            seats[number] = nil
            return news
        }
        if let news = news(for: number) { return news }
        seats[number]?.waiter = waiter
        return nil
    }

    /// What there is for a seat that was told nothing final yet. What ends its ride takes it from the table.
    mutating func news(for number: SeatNumber) -> News? {
        guard let seat = seats[number], let place = flights[seat.flight].map({ unread(by: seat, in: $0) }) else {
            return .lost
        }
        switch place {
        case .parts(let pieces, let end):
            seats[number]?.next = end
            return .pieces(pieces, similarity: seat.similarity)
        case .gap: return leaving(number, .lost)
        case .nothing: break
        }
        guard let landing = flights[seat.flight]?.landing else { return nil }
        if seat.isByMeaning, !seat.isCommitted, !landing.isFit {
            return leaving(number, .again(failures: seat.wish.failures))
        }
        return leaving(number, .landed(landing, similarity: seat.similarity))
    }

    /// What a seat has not read of an answer.
    private enum Unread {
        case parts([Piece], end: Int)
        /// Something between what it has read and what is kept.
        case gap
        case nothing
    }

    private func unread(by seat: Seat, in flight: Flight) -> Unread {
        if isReading(seat, flight) {
            return .parts(Array(flight.pieces.dropFirst(seat.next - flight.first)), end: flight.end)
        }
        // What it has not begun it may still get as a whole.
        return seat.isCommitted && seat.next < flight.first ? .gap : .nothing
    }

    private mutating func leaving(_ number: SeatNumber, _ news: News) -> News {
        guard let seat = seats.removeValue(forKey: number) else { return news }
        flights[seat.flight]?.seats.remove(number)
        if flights[seat.flight]?.seats.isEmpty == true, flights[seat.flight]?.landing != nil { remove(seat.flight) }
        return news
    }

    /// A follower goes, whatever it waits for.
    /// - Returns: who is to be told, its own waiter if it still waits, and the call if nobody follows it any more.
    mutating func leave(_ number: SeatNumber) -> (told: Told, own: Waiter?, deserted: FlightNumber?) {
        guard let seat = seats.removeValue(forKey: number) else { return ([], nil, nil) }
        // It was to lead and never heard of it.
        if case .leads(let flight)? = seat.news {
            let gone = GatewayError(.clientGone, "the client went away before there was an answer")
            return (fail(flight, FlightFailure(.own, gone)), nil, nil)
        }
        flights[seat.flight]?.seats.remove(number)
        guard flights[seat.flight]?.seats.isEmpty == true else { return ([], seat.waiter, nil) }
        let hasLanded = flights[seat.flight]?.landing != nil
        if hasLanded { remove(seat.flight) }
        return ([], seat.waiter, hasLanded ? nil : seat.flight)
    }
}
