import GatewayCore
import NIOCore

/// The calls under way that others may join, and who has joined them. Pure: it says who is to be told what.
///
/// The first of those who ask one thing leads: it makes the call and shows what comes. The others follow: they read the
/// parts from the first on, or wait for the whole. A leader that gives up is replaced by a follower that has sent
/// nothing yet, so that however many wait, one call is under way.
struct FlightTable<Piece: FlightPiece, Waiter: Sendable>: Sendable {
    typealias News = FlightNews<Piece>
    typealias Told = [(waiter: Waiter, news: News)]

    struct Flight: Sendable {
        let key: FlightKey
        let course: FlightCourse?
        var pieces = CircularBuffer<Piece>()
        /// Of the oldest part that is kept, counted from the answer's first.
        var first = 0
        var bytes = 0
        var landing: FlightLanding?
        /// In the order in which they came.
        var seats: [SeatNumber] = []
        /// Keys of similar questions whose leaders have joined.
        var aliases: [FlightKey] = []
        var end: Int { first + pieces.count }
    }

    struct Seat: Sendable {
        var flight: FlightNumber
        /// The next part to read.
        var next = 0
        var readsPieces: Bool
        /// Not the same question but a similar one.
        var isByMeaning: Bool
        var failures: Int
        /// Leaders that were denied a call.
        var denials = 0
        var waiter: Waiter?
        /// Told while it did not listen; nothing follows.
        var news: News?
        /// Whether its own answer has begun.
        var isCommitted: Bool { next > 0 }
    }

    let rules: FlightRules
    var flights: [FlightNumber: Flight] = [:]
    var seats: [SeatNumber: Seat] = [:]
    /// What is kept of all answers under way.
    var bytes = 0
    private var byKey: [FlightKey: FlightNumber] = [:]
    private var byPartition: [PartitionID: [FlightNumber]] = [:]
    private var glow = FlightGlow()
    private var last = 0

    init(rules: FlightRules) { self.rules = rules }

    /// Whether anybody follows.
    func isFollowed(_ number: FlightNumber) -> Bool { flights[number].map { !$0.seats.isEmpty } ?? false }

    // MARK: - Coming

    /// - Parameters:
    ///   - course: of a question that may be answered by the answer to a similar one; else nil.
    ///   - failures: how many calls have failed over the request.
    mutating func board(
        _ key: FlightKey, course: FlightCourse?, readsPieces: Bool, failures: Int, now: ContinuousClock.Instant
    ) -> FlightBoarding {
        glow.fade(at: now)
        if let number = byKey[key], let flight = flights[number] {
            guard let seat = sit(in: number, readsPieces, isByMeaning: flight.key != key, failures: failures) else {
                return .alone
            }
            return .follows(seat)
        }
        if let entry = glow.entries[key]?.entry { return .stored(entry) }
        guard flights.count < rules.flights else { return .alone }
        let number = FlightNumber(value: next())
        let rivals = course == nil ? [] : rivals(of: key)
        flights[number] = Flight(key: key, course: course)
        byKey[key] = number
        if course != nil { byPartition[key.partition, default: []].append(number) }
        return .leads(number, rivals: rivals)
    }

    /// A leader finds that another call answers its question, too: it follows that one, and so do those who ask the
    /// same as it does.
    /// - Returns: its seat, nil when that call is over or cannot take them; and who must look again.
    mutating func join(
        _ number: FlightNumber, to other: FlightNumber, readsPieces: Bool, failures: Int
    ) -> (seat: SeatNumber?, told: Told) {
        guard number != other, let flight = flights[number], let target = flights[other], target.landing == nil,
            target.seats.count + flight.seats.count < rules.followers,
            let seat = sit(in: other, readsPieces, isByMeaning: true, failures: failures)
        else { return (nil, []) }
        var told: Told = []
        for follower in flight.seats {
            // What is like the one is not always like the other.
            if seats[follower]?.isByMeaning == true {
                tell(follower, .again(failures: seats[follower]?.failures ?? 0), &told)
            } else {
                seats[follower]?.flight = other
                seats[follower]?.isByMeaning = true
                flights[other]?.seats.append(follower)
            }
        }
        close(number)
        remove(number)
        // Who asks the same meanwhile follows, too, for as long as that call is under way.
        byKey[flight.key] = other
        flights[other]?.aliases.append(flight.key)
        for follower in flight.seats { wake(follower, &told) }
        return (seat, told)
    }

    /// What was answered a moment ago is no longer in the store.
    mutating func forget(_ key: FlightKey) { glow.forget(key) }

    private mutating func sit(
        in number: FlightNumber, _ readsPieces: Bool, isByMeaning: Bool, failures: Int
    ) -> SeatNumber? {
        guard let flight = flights[number], flight.seats.count < rules.followers else { return nil }
        let seat = SeatNumber(value: next())
        seats[seat] = Seat(
            flight: number, readsPieces: readsPieces, isByMeaning: isByMeaning, failures: failures)
        flights[number]?.seats.append(seat)
        return seat
    }

    private func rivals(of key: FlightKey) -> [FlightRival] {
        let under = (byPartition[key.partition] ?? []).suffix(rules.courses).compactMap { number -> FlightRival? in
            guard let flight = flights[number], let course = flight.course, flight.key.generation == key.generation
            else { return nil }
            return FlightRival(number: number, entry: flight.key.entry, course: course)
        }
        return under + glow.rivals(of: key, atMost: rules.courses)
    }

    private mutating func next() -> Int {
        last += 1
        return last
    }

    // MARK: - Ending

    /// Notes that an answer was stored, for those who looked before and come after.
    mutating func keepGlowing(_ number: FlightNumber, now: ContinuousClock.Instant) {
        guard let flight = flights[number] else { return }
        glow.add(flight.key, entry: flight.key.entry, course: flight.course, until: now + rules.glow)
    }

    /// Notes that a question has its answer at another place.
    mutating func point(_ key: FlightKey, to entry: EntryID, now: ContinuousClock.Instant) {
        glow.add(key, entry: entry, course: nil, until: now + rules.glow)
    }

    /// Nobody finds it any more.
    mutating func close(_ number: FlightNumber) {
        guard let flight = flights[number] else { return }
        for key in [flight.key] + flight.aliases where byKey[key] == number { byKey[key] = nil }
        guard flight.course != nil else { return }
        let partition = flight.key.partition
        byPartition[partition]?.removeAll { $0 == number }
        if byPartition[partition]?.isEmpty == true { byPartition[partition] = nil }
    }

    mutating func remove(_ number: FlightNumber) {
        guard let flight = flights.removeValue(forKey: number) else { return }
        bytes -= flight.bytes
    }

    // MARK: - Telling

    /// Tells a seat something final.
    mutating func tell(_ seat: SeatNumber, _ news: News, _ told: inout Told) {
        guard let waiter = seats[seat]?.waiter else {
            seats[seat]?.news = news
            return
        }
        seats[seat] = nil
        told.append((waiter, news))
    }

    /// Tells a seat that waits what there is for it.
    mutating func wake(_ seat: SeatNumber, _ told: inout Told) {
        guard let waiter = seats[seat]?.waiter, let news = news(for: seat) else { return }
        seats[seat]?.waiter = nil
        told.append((waiter, news))
    }
}
