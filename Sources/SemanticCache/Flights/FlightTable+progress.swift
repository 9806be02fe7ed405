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
        while let flight = flights[number], let oldest = flight.pieces.first,
            flight.bytes > rules.flightBytes || bytes > rules.totalBytes
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
        guard let flight = flights[number], flight.landing == nil else { return told }
        if landing.isStored { keepGlowing(number, now: now) }
        close(number)
        flights[number]?.landing = landing
        for seat in flight.seats { wake(seat, &told) }
        if flights[number]?.seats.isEmpty == true { remove(number) }
        return told
    }

    /// The leader gives up. One of those who have sent nothing takes its place if another call may do better.
    mutating func fail(_ number: FlightNumber, _ failure: FlightFailure) -> Told {
        var told: Told = []
        guard let flight = flights[number], flight.landing == nil else { return told }
        var stay: [SeatNumber] = []
        for seat in flight.seats {
            if let news = verdict(on: seat, failure) { tell(seat, news, &told) } else { stay.append(seat) }
        }
        bytes -= flight.bytes
        flights[number]?.pieces.removeAll()
        flights[number]?.first = 0
        flights[number]?.bytes = 0
        guard let heir = stay.first else {
            close(number)
            remove(number)
            return told
        }
        flights[number]?.seats = Array(stay.dropFirst())
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
            seats[number]?.failures += 1
            if seat.failures + 1 >= rules.failures { return .failed(failure) }
        case .request:
            if !seat.isByMeaning { return .failed(failure) }
        }
        // Those who ask something else than the heir would have to be compared with it first.
        return seat.isByMeaning ? .again(failures: seats[number]?.failures ?? 0) : nil
    }

    /// The leader has found an answer in the store: all who follow should look there, too, each for itself, as what is
    /// deleted meanwhile must not be served.
    mutating func withdraw(_ number: FlightNumber, for entry: EntryID, now: ContinuousClock.Instant) -> Told {
        var told: Told = []
        guard let flight = flights[number], flight.landing == nil else { return told }
        point(flight.key, to: entry, now: now)
        close(number)
        remove(number)
        for seat in flight.seats { tell(seat, .again(failures: seats[seat]?.failures ?? 0), &told) }
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
        guard let seat = seats[number], let flight = flights[seat.flight] else { return .lost }
        if seat.readsPieces, seat.next < flight.first {
            // What it has not begun it may still get as a whole.
            guard !seat.isCommitted else { return leaving(number, .lost) }
            seats[number]?.readsPieces = false
        } else if seat.readsPieces, seat.next < flight.end {
            seats[number]?.next = flight.end
            return .pieces(Array(flight.pieces.dropFirst(seat.next - flight.first)))
        }
        guard let landing = flight.landing else { return nil }
        guard !seat.isCommitted else { return leaving(number, .landed(landing)) }
        if landing.answer == nil { return leaving(number, .again(failures: seat.failures + 1)) }
        if seat.isByMeaning, !landing.isFit { return leaving(number, .again(failures: seat.failures)) }
        return leaving(number, .landed(landing))
    }

    private mutating func leaving(_ number: SeatNumber, _ news: News) -> News {
        guard let seat = seats.removeValue(forKey: number) else { return news }
        flights[seat.flight]?.seats.removeAll { $0 == number }
        if let flight = flights[seat.flight], flight.landing != nil, flight.seats.isEmpty { remove(seat.flight) }
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
        flights[seat.flight]?.seats.removeAll { $0 == number }
        guard let flight = flights[seat.flight], flight.seats.isEmpty else { return ([], seat.waiter, nil) }
        if flight.landing != nil { remove(seat.flight) }
        return ([], seat.waiter, flight.landing == nil ? seat.flight : nil)
    }
}
