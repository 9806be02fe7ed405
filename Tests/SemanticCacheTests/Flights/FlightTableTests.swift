import GatewayCore
import GatewayTesting
import Testing

@testable import SemanticCache

@Suite("Calls under way")
struct FlightTableTests {
    private let key = FlightSamples.key(1)
    private let now = FlightSamples.start

    @Test("The first leads, who asks the same follows, who asks something else or after a purge leads itself")
    func boarding() throws {
        let table = TableBox(rules: FlightRules())
        _ = try #require(table.lead(key))
        #expect(table.follow(key) != nil)
        #expect(table.follow(key, readsPieces: false) != nil)
        #expect(table.lead(FlightSamples.key(2)) != nil)
        #expect(table.lead(FlightSamples.key(1, generation: 1)) != nil)
        #expect(table.table.flights.count == 3 && table.table.seats.count == 2)
    }

    @Test("Followers read all parts from the first on, whenever they come, and then the end")
    func replay() throws {
        let table = TableBox(rules: FlightRules())
        let flight = try #require(table.lead(key))
        let early = try #require(table.follow(key))
        #expect(table.listen(early, waiter: 1) == nil)
        let told = table.append(Part(number: 0), to: flight)
        #expect(told.map { "\($0.waiter) \($0.news.label)" } == ["1 pieces [0]"])
        #expect(table.append(Part(number: 1), to: flight).isEmpty)
        let late = try #require(table.follow(key))
        #expect(table.listen(late, waiter: 2) == "pieces [0, 1]")
        #expect(table.listen(late, waiter: 2) == nil)
        #expect(table.land(flight).map { $0.news.label } == ["landed"])
        #expect(table.listen(early, waiter: 1) == "pieces [1]")
        #expect(table.listen(early, waiter: 1) == "landed")
        #expect(table.table.flights.isEmpty && table.table.seats.isEmpty && table.table.bytes == 0)
    }

    @Test("Who wants the whole answer waits for it, however many parts there are")
    func whole() throws {
        let table = TableBox(rules: FlightRules())
        let flight = try #require(table.lead(key))
        let seat = try #require(table.follow(key, readsPieces: false))
        #expect(table.listen(seat, waiter: 1) == nil)
        #expect(table.append(Part(number: 0), to: flight).isEmpty)
        #expect(table.land(flight).map { $0.news.label } == ["landed"])
    }

    @Test("What is too much to keep goes: a late reader gets the whole answer, a slow one that has begun is lost")
    func overflow() throws {
        var rules = FlightRules()
        rules.flightBytes = 25
        let table = TableBox(rules: rules)
        let flight = try #require(table.lead(key))
        let slow = try #require(table.follow(key))
        let fast = try #require(table.follow(key))
        let quiet = try #require(table.follow(key))
        _ = table.append(Part(number: 0), to: flight)
        #expect(table.listen(slow, waiter: 1) == "pieces [0]")
        for number in 1...5 {
            _ = table.append(Part(number: number), to: flight)
            #expect(table.listen(fast, waiter: 2) == (number == 1 ? "pieces [0, 1]" : "pieces [\(number)]"))
        }
        #expect(table.table.bytes == 20)
        #expect(table.listen(slow, waiter: 1) == "lost")
        #expect(table.listen(quiet, waiter: 3) == nil)
        let late = try #require(table.follow(key))
        #expect(table.listen(late, waiter: 4) == nil)
        let told = table.land(flight)
        #expect(Set(told.map(\.waiter)) == [3, 4])
        #expect(told.allSatisfy { $0.news.label == "landed" })
        #expect(table.listen(fast, waiter: 2) == "landed")
        #expect(table.table.seats.isEmpty && table.table.bytes == 0)
    }

    @Test("All answers together take no more than they may")
    func total() throws {
        var rules = FlightRules()
        rules.totalBytes = 100
        let table = TableBox(rules: rules)
        let flights = try (0..<20).map { try #require(table.lead(FlightSamples.key($0))) }
        for number in 0..<50 {
            for flight in flights { _ = table.append(Part(number: number), to: flight) }
            #expect(table.table.bytes <= 100)
        }
        for flight in flights { _ = table.land(flight) }
        #expect(table.table.bytes == 0 && table.table.flights.isEmpty)
    }

    @Test("Beyond the bounds a request calls for itself")
    func bounds() throws {
        var rules = FlightRules()
        (rules.flights, rules.followers) = (2, 1)
        let table = TableBox(rules: rules)
        _ = try #require(table.lead(key))
        _ = try #require(table.follow(key))
        #expect(table.follow(key) == nil)
        #expect(table.lead(FlightSamples.key(2)) != nil)
        #expect(table.lead(FlightSamples.key(3)) == nil)
        #expect(table.table.flights.count == 2 && table.table.seats.count == 1)
    }

    @Test("A moment after the answer was stored, who had looked before is told so; later it calls")
    func glow() throws {
        let table = TableBox(rules: FlightRules())
        let flight = try #require(table.lead(key))
        _ = table.land(flight)
        for (after, isStored) in [(Duration.zero, true), (.milliseconds(1999), true), (.seconds(2), false)] {
            let boarding = table.board(key, now: now + after)
            if case .stored = boarding { #expect(isStored) } else { #expect(!isStored) }
        }
        let other = try #require(table.lead(FlightSamples.key(2)))
        _ = table.land(other, isKept: false)
        #expect(table.lead(FlightSamples.key(2)) != nil)
        let third = try #require(table.lead(FlightSamples.key(3)))
        _ = table.land(third)
        table.forget(FlightSamples.key(3))
        #expect(table.lead(FlightSamples.key(3)) != nil)
    }

    @Test("Of an answer that the leader found in the store all are told where it is, and come back for it")
    func withdrawn() throws {
        let table = TableBox(rules: FlightRules())
        let flight = try #require(table.lead(key, course: FlightSamples.course(0)))
        let first = try #require(table.follow(key))
        let second = try #require(table.follow(key))
        #expect(table.listen(first, waiter: 1) == nil)
        let told = table.withdraw(flight, for: SampleEntries.id(9))
        #expect(told.map { "\($0.waiter) \($0.news.label)" } == ["1 again 0"])
        #expect(table.listen(second, waiter: 2) == "again 0")
        #expect(table.isEmpty)
        guard case .stored(SampleEntries.id(9), nil) = table.board(key) else {
            Issue.record("the place of the answer must be known")
            return
        }
        // What was found for one question is no answer to those that resemble it.
        guard case .leads(_, let rivals) = table.board(FlightSamples.key(2), course: FlightSamples.course(5)) else {
            Issue.record("another question must lead")
            return
        }
        #expect(rivals.isEmpty)
    }

    @Test("Of a stream that nobody has as a whole those who read it get the end; one who wants it whole calls for the rest")
    func partsOnly() throws {
        let table = TableBox(rules: FlightRules())
        let flight = try #require(table.lead(key, TableBox.wish(deadline: .seconds(1))))
        let reader = try #require(table.follow(key, TableBox.wish(deadline: .seconds(1))))
        let patient = try #require(table.follow(key))
        let whole = try (0..<100).map { _ in try #require(table.follow(key, readsPieces: false)) }
        _ = table.append(Part(number: 0), to: flight)
        #expect(table.listen(reader, waiter: 1000) == "pieces [0]")
        #expect(table.listen(patient, waiter: 1001) == nil)
        for (waiter, seat) in whole.enumerated() { #expect(table.listen(seat, waiter: waiter) == nil) }
        #expect(table.landParts(flight).map { "\($0.waiter) \($0.news.label)" } == ["0 leads"])
        #expect(table.listen(reader, waiter: 1000) == "landed")
        // Who comes now follows the next call.
        let late = try #require(table.follow(key, readsPieces: false))
        #expect(table.listen(late, waiter: 1002) == nil)
        let next = try #require(table.table.flights.keys.first)
        #expect(next != flight && table.table.flights.count == 1)
        let told = table.land(next)
        #expect(told.count == 101 && told.allSatisfy { $0.news.label == "landed" })
        #expect(table.isEmpty)
    }

    @Test("Those who get no answer from two such streams call for themselves")
    func partsTwice() throws {
        let table = TableBox(rules: FlightRules())
        let flight = try #require(table.lead(key))
        let seats = try (0..<3).map { _ in try #require(table.follow(key, readsPieces: false)) }
        _ = table.landParts(flight)
        #expect(table.listen(seats[0], waiter: 0) == "leads")
        let next = try #require(table.table.flights.keys.first)
        _ = table.landParts(next)
        for seat in seats.dropFirst() { #expect(table.listen(seat, waiter: 1) == "again 2") }
        #expect(table.isEmpty)
    }

    /// One step for each pair of them would be 40 billion: hours.
    @Test("A landing that 200,000 wait for ends, so it looks at each of them once", .timeLimit(.minutes(1)))
    func manyFollowers() throws {
        let followers = 200_000
        var rules = FlightRules()
        rules.followers = followers
        let table = TableBox(rules: rules)
        let flight = try #require(table.lead(key))
        for waiter in 0..<followers {
            let seat = try #require(table.follow(key, readsPieces: false))
            _ = table.listen(seat, waiter: waiter)
        }
        #expect(table.land(flight).count == followers && table.isEmpty)
    }

    @Test("Whatever happens in whatever order, nobody is told twice, nobody waits for ever, nothing is left behind")
    func random() throws {
        for seed in UInt64(1)...200 {
            var drill = FlightDrill(seed: seed)
            for _ in 0..<300 { drill.step() }
            drill.end()
            #expect(drill.faults.isEmpty, "seed \(seed): \(drill.faults)")
        }
    }
}
