import GatewayCore
import GatewayTesting

@testable import SemanticCache

/// Does things to a table at random and notes what may not be.
struct FlightDrill {
    private(set) var faults: [String] = []
    private var table: Table
    private var random: SeededGenerator
    private var leads: [FlightNumber: FlightKey] = [:]
    /// Seats whose ride has not ended, and whether they wait.
    private var seats: [SeatNumber: Bool] = [:]
    /// What each has read: parts must come without a gap.
    private var read: [SeatNumber: Int] = [:]
    private var waiters: [Int: SeatNumber] = [:]
    private var next: [FlightNumber: Int] = [:]
    private var count = 0

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        var rules = FlightRules()
        (rules.flightBytes, rules.followers, rules.flights) = (100, 20, 10)
        table = Table(rules: rules)
    }

    mutating func step() {
        switch Int.random(in: 0..<12, using: &random) {
        case 0...3: board()
        case 4...6: seat { !$0.value }.map { listen($0) }
        case 7, 8: lead().map { append($0) }
        case 9: lead().map { land($0) }
        case 10: lead().map { fail($0) }
        default: seat { _ in true }.map { leave($0) }
        }
    }

    /// All leaders end: then nobody may wait, and nothing may be left.
    mutating func end() {
        while let lead = lead() { land(lead) }
        for _ in 0..<1000 {
            // Who does not wait may have been told to lead those who do.
            let silent = seats.filter { !$0.value }.keys.min()
            guard let seat = silent ?? seats.keys.min() else { break }
            if seats[seat] == true { faults.append("\(seat) waits for ever") }
            listen(seat)
            if seats[seat] == true { leave(seat) }
            while let lead = lead() { land(lead) }
        }
        if !table.seats.isEmpty || !table.flights.isEmpty || table.bytes != 0 { faults.append("something is left") }
    }

    private mutating func seat(_ isMeant: ((key: SeatNumber, value: Bool)) -> Bool) -> SeatNumber? {
        seats.filter(isMeant).keys.sorted().randomElement(using: &random)
    }

    private mutating func lead() -> FlightNumber? { leads.keys.sorted().randomElement(using: &random) }

    private mutating func board() {
        let key = FlightSamples.key(Int.random(in: 0..<4, using: &random))
        let course = Bool.random(using: &random) ? FlightSamples.course(0) : nil
        let floors: [Float?] = [nil, 0.9, 0.99]
        let deadlines: [Duration?] = [nil, .seconds(1), .seconds(2)]
        let wish = TableBox.wish(
            readsPieces: Bool.random(using: &random), floor: floors[Int.random(in: 0..<3, using: &random)],
            deadline: deadlines[Int.random(in: 0..<3, using: &random)],
            incidentals: Int.random(in: 0..<2, using: &random))
        switch table.board(key, course: course, wish: wish, now: FlightSamples.start) {
        case .leads(let number, let rivals):
            leads[number] = key
            next[number] = 0
            guard let rival = rivals.randomElement(using: &random)?.number, Bool.random(using: &random) else { return }
            let (seat, told) = table.join(number, to: rival, similarity: 0.95, wish: wish)
            if let seat {
                leads[number] = nil
                seats[seat] = false
            }
            hear(told)
        case .follows(let seat): seats[seat] = false
        case .stored: table.forget(key)
        case .alone: break
        }
    }

    private mutating func listen(_ seat: SeatNumber) {
        count += 1
        if let news = table.listen(seat, waiter: count) { return hear(news, seat) }
        waiters[count] = seat
        seats[seat] = true
    }

    private mutating func append(_ flight: FlightNumber) {
        hear(table.append(Part(number: next[flight] ?? 0), to: flight))
        next[flight, default: 0] += 1
    }

    private mutating func land(_ flight: FlightNumber) {
        leads[flight] = nil
        let isWhole = Int.random(in: 0..<4, using: &random) > 0
        let landing = isWhole ? FlightSamples.landing(isKept: Bool.random(using: &random)) : FlightSamples.parts
        hear(table.land(flight, landing, now: FlightSamples.start))
    }

    private mutating func fail(_ flight: FlightNumber) {
        leads[flight] = nil
        let kinds = [FlightSamples.late, FlightSamples.badRequest, FlightSamples.providerFailed]
        hear(table.fail(flight, kinds.randomElement(using: &random) ?? FlightSamples.late))
    }

    private mutating func leave(_ seat: SeatNumber) {
        let isWaiting = seats.removeValue(forKey: seat) == true
        let (told, own, _) = table.leave(seat)
        if isWaiting != (own != nil) { faults.append("\(seat) left, and its waiter was not given back") }
        if let own { waiters[own] = nil }
        hear(told)
    }

    private mutating func hear(_ told: Table.Told) {
        for (waiter, news) in told {
            guard let seat = waiters.removeValue(forKey: waiter), seats[seat] == true else {
                faults.append("waiter \(waiter) was told \(news.label) and did not wait")
                continue
            }
            seats[seat] = false
            hear(news, seat)
        }
    }

    private mutating func hear(_ news: FlightNews<Part>, _ seat: SeatNumber) {
        switch news {
        case .pieces(let pieces, _):
            let start = read[seat] ?? 0
            if pieces.map(\.number) != Array(start..<start + pieces.count) || pieces.isEmpty {
                faults.append("\(seat) read \(pieces.map(\.number)) behind \(start)")
            }
            read[seat] = start + pieces.count
            return
        case .leads(let flight):
            if leads[flight] != nil { faults.append("\(flight) has two leaders") }
            if (read[seat] ?? 0) > 0 { faults.append("\(seat) leads after it has sent something") }
            leads[flight] = FlightSamples.key(0)
            next[flight] = 0
        case .again:
            if (read[seat] ?? 0) > 0 { faults.append("\(seat) begins again after it has sent something") }
        case .landed, .failed, .lost: break
        }
        seats[seat] = nil
    }
}
