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
        /// Of who makes the call.
        var leader: FlightWish
        var pieces = CircularBuffer<Piece>()
        /// Of the oldest part that is kept, counted from the answer's first.
        var first = 0
        var bytes = 0
        var landing: FlightLanding?
        /// A set: thousands leave within one landing. Their numbers tell who came first.
        var seats: Set<SeatNumber> = []
        /// Keys of similar questions whose leaders have joined, and how similar those are.
        var aliases: [FlightKey: Float] = [:]
        var end: Int { first + pieces.count }
    }

    struct Seat: Sendable {
        var flight: FlightNumber
        /// The next part to read.
        var next = 0
        var wish: FlightWish
        /// Of the question that is asked to its own; nil where they are the same.
        var similarity: Float?
        /// Leaders that were denied a call.
        var denials = 0
        var waiter: Waiter?
        /// Told while it did not listen; nothing follows.
        var news: News?
        var isByMeaning: Bool { similarity != nil }
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

    /// In the order in which they came.
    func followers(of number: FlightNumber) -> [SeatNumber] { flights[number]?.seats.sorted() ?? [] }

    // MARK: - Coming

    /// - Parameters:
    ///   - course: of a question that may be answered by the answer to a similar one; else nil.
    ///   - wish: what it takes of another's call. Where only a similar question's is to be had, and it is not similar
    ///     enough, the request leads itself.
    mutating func board(
        _ key: FlightKey, course: FlightCourse?, wish: FlightWish, now: ContinuousClock.Instant
    ) -> FlightBoarding {
        glow.fade(at: now)
        if let number = byKey[key], flights[number] != nil {
            let similarity = flights[number]?.aliases[key]
            if wish.takes(similarity) {
                return sit(in: number, wish, similarity).map { FlightBoarding.follows($0) } ?? .alone
            }
        }
        if let ember = glow.entries[key], wish.takes(ember.similarity) {
            return .stored(ember.entry, similarity: ember.similarity)
        }
        guard flights.count < rules.flights else { return .alone }
        let number = FlightNumber(value: next())
        let rivals = course == nil ? [] : rivals(of: key)
        open(number, Flight(key: key, course: course, leader: wish))
        return .leads(number, rivals: rivals)
    }

    /// Others find it from now on.
    mutating func open(_ number: FlightNumber, _ flight: Flight) {
        flights[number] = flight
        byKey[flight.key] = number
        if flight.course != nil { byPartition[flight.key.partition, default: []].append(number) }
    }

    /// A leader finds that another call answers its question, too: it follows that one, and so do those who ask the
    /// same as it does and take an answer to that question.
    /// - Parameter similarity: of the question that the other call is for.
    /// - Returns: its seat, nil when that call is over or cannot take them; and who must look again.
    mutating func join(
        _ number: FlightNumber, to other: FlightNumber, similarity: Float, wish: FlightWish
    ) -> (seat: SeatNumber?, told: Told) {
        guard number != other, let flight = flights[number], let target = flights[other], target.landing == nil,
            target.seats.count + flight.seats.count < rules.followers,
            let seat = sit(in: other, wish, similarity)
        else { return (nil, []) }
        var told: Told = []
        var moved: [SeatNumber] = []
        for follower in flight.seats.sorted() {
            guard let own = seats[follower] else { continue }
            // What is like the one is not always like the other, and what is like enough for one is not for all.
            if own.isByMeaning || !own.wish.takes(similarity) {
                tell(follower, .again(failures: own.wish.failures), &told)
            } else {
                seats[follower]?.flight = other
                seats[follower]?.similarity = similarity
                moved.append(follower)
            }
        }
        flights[other]?.seats.formUnion(moved)
        close(number)
        remove(number)
        // Who asks the same meanwhile follows, too, for as long as that call is under way.
        byKey[flight.key] = other
        flights[other]?.aliases[flight.key] = similarity
        for follower in moved { wake(follower, &told) }
        return (seat, told)
    }

    /// What was answered a moment ago is no longer in the store.
    mutating func forget(_ key: FlightKey) { glow.forget(key) }

    private mutating func sit(
        in number: FlightNumber, _ wish: FlightWish, _ similarity: Float?
    ) -> SeatNumber? {
        guard let count = flights[number]?.seats.count, count < rules.followers else { return nil }
        let seat = SeatNumber(value: next())
        seats[seat] = Seat(flight: number, wish: wish, similarity: similarity)
        flights[number]?.seats.insert(seat)
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

    mutating func next() -> Int {
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
    /// - Parameter similarity: of the question that it answers, if that is another one.
    mutating func point(_ key: FlightKey, to entry: EntryID, similarity: Float?, now: ContinuousClock.Instant) {
        glow.add(key, entry: entry, course: nil, similarity: similarity, until: now + rules.glow)
    }

    /// Nobody finds it any more.
    mutating func close(_ number: FlightNumber) {
        guard let flight = flights[number] else { return }
        for key in [flight.key] + flight.aliases.keys where byKey[key] == number { byKey[key] = nil }
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
