import GatewayCore
import GatewayTesting
import Testing

@testable import SemanticCache

@Suite("Calls that fail under those who follow")
struct FlightFailureTests {
    private let key = FlightSamples.key(1)

    @Test("Of 1,000 followers of a failed call one calls again; if that fails too, all are told so")
    func noStorm() throws {
        let table = TableBox(rules: FlightRules())
        let flight = try #require(table.lead(key))
        for waiter in 0..<1000 {
            let seat = try #require(table.follow(key))
            #expect(table.listen(seat, waiter: waiter) == nil)
        }
        let first = table.fail(flight, FlightSamples.providerFailed)
        #expect(first.map { "\($0.waiter) \($0.news.label)" } == ["0 leads"])
        let second = table.fail(flight, FlightSamples.providerFailed)
        #expect(second.count == 999)
        #expect(second.allSatisfy { $0.news.label == "failed provider_failed" })
        #expect(table.table.flights.isEmpty && table.table.seats.isEmpty)
    }

    @Test("Who succeeds a failed leader answers for all the others")
    func succession() throws {
        let table = TableBox(rules: FlightRules())
        let flight = try #require(table.lead(key))
        let heir = try #require(table.follow(key))
        let other = try #require(table.follow(key))
        _ = table.fail(flight, FlightSamples.providerFailed)
        #expect(table.listen(heir, waiter: 1) == "leads")
        #expect(table.listen(other, waiter: 2) == nil)
        let late = try #require(table.follow(key))
        #expect(table.append(Part(number: 7), to: flight).map { $0.news.label } == ["pieces [7]"])
        #expect(table.listen(late, waiter: 3) == "pieces [7]")
        _ = table.land(flight)
        #expect(table.listen(other, waiter: 2) == "landed")
        #expect(table.listen(late, waiter: 3) == "landed")
    }

    @Test("A leader whose own time is over costs the others nothing, however often it happens")
    func ownFailures() throws {
        let table = TableBox(rules: FlightRules())
        let flight = try #require(table.lead(key))
        let seats = try (0..<10).map { _ in try #require(table.follow(key)) }
        for seat in seats {
            _ = table.fail(flight, FlightSamples.late)
            #expect(table.listen(seat, waiter: 0) == "leads")
        }
        #expect(table.fail(flight, FlightSamples.late).isEmpty)
        #expect(table.table.flights.isEmpty)
    }

    @Test("Whose leader was denied a call is not denied with it; after some such leaders each asks for itself")
    func denied() throws {
        var rules = FlightRules()
        rules.denials = 3
        let table = TableBox(rules: rules)
        let flight = try #require(table.lead(key))
        let seats = try (0..<5).map { _ in try #require(table.follow(key)) }
        let denied = FlightFailure(.denied, GatewayError(.budgetExhausted, "as told"))
        for heir in seats.prefix(2) {
            _ = table.fail(flight, denied)
            #expect(table.listen(heir, waiter: 0) == "leads")
        }
        #expect(table.fail(flight, denied).isEmpty)
        // As many failures as end all sharing.
        for seat in seats.dropFirst(2) { #expect(table.listen(seat, waiter: 0) == "again \(rules.failures)") }
        #expect(table.isEmpty)
    }

    @Test("What a provider finds wrong with a request is told to all who asked the same at once")
    func badRequest() throws {
        let table = TableBox(rules: FlightRules())
        let flight = try #require(table.lead(key))
        let seats = try (0..<3).map { _ in try #require(table.follow(key)) }
        _ = table.fail(flight, FlightSamples.badRequest)
        for seat in seats { #expect(table.listen(seat, waiter: 0) == "failed provider_refused") }
    }

    @Test("Who says something else beside the question calls again, as that may be what was at fault")
    func otherIncidentals() throws {
        let table = TableBox(rules: FlightRules())
        let flight = try #require(table.lead(key, TableBox.wish(incidentals: 1)))
        let same = try #require(table.follow(key, TableBox.wish(incidentals: 1)))
        let other = try #require(table.follow(key, TableBox.wish(incidentals: 2)))
        _ = table.fail(flight, FlightSamples.badRequest)
        #expect(table.listen(same, waiter: 0) == "failed provider_refused")
        #expect(table.listen(other, waiter: 0) == "again 1")
        #expect(table.isEmpty)
    }

    @Test("Who takes over is the one whose fault it is then")
    func heirIncidentals() throws {
        let table = TableBox(rules: FlightRules())
        let flight = try #require(table.lead(key, TableBox.wish(incidentals: 1)))
        let heir = try #require(table.follow(key, TableBox.wish(incidentals: 2)))
        let other = try #require(table.follow(key, TableBox.wish(incidentals: 1)))
        _ = table.fail(flight, FlightSamples.late)
        #expect(table.listen(heir, waiter: 0) == "leads")
        _ = table.fail(flight, FlightSamples.badRequest)
        #expect(table.listen(other, waiter: 0) == "again 1")
    }

    @Test("Who has more time than the leader reads none of its parts, and takes over when that time is over")
    func shorterTime() throws {
        let table = TableBox(rules: FlightRules())
        let flight = try #require(table.lead(key, TableBox.wish(deadline: .seconds(2))))
        let hasty = try #require(table.follow(key, TableBox.wish(deadline: .seconds(1))))
        let patient = try #require(table.follow(key, TableBox.wish(deadline: .seconds(3))))
        let endless = try #require(table.follow(key))
        _ = table.append(Part(number: 0), to: flight)
        #expect(table.listen(hasty, waiter: 0) == "pieces [0]")
        #expect(table.listen(patient, waiter: 1) == nil)
        #expect(table.listen(endless, waiter: 2) == nil)
        #expect(table.fail(flight, FlightSamples.late).map { "\($0.waiter) \($0.news.label)" } == ["1 leads"])
        _ = table.append(Part(number: 7), to: flight)
        #expect(table.listen(hasty, waiter: 0) == "failed provider_timeout")
        // Still too short for this one; it gets the whole.
        #expect(table.land(flight).map { "\($0.waiter) \($0.news.label)" } == ["2 landed"])
        #expect(table.isEmpty)
    }

    @Test("After the first part, who has sent something ends with the error; who has not gets the next call's answer")
    func midStream() throws {
        let table = TableBox(rules: FlightRules())
        let flight = try #require(table.lead(key))
        let reader = try #require(table.follow(key))
        let silent = try #require(table.follow(key, readsPieces: false))
        let other = try #require(table.follow(key))
        _ = table.append(Part(number: 0), to: flight)
        #expect(table.listen(reader, waiter: 1) == "pieces [0]")
        #expect(table.listen(reader, waiter: 1) == nil)
        #expect(table.listen(silent, waiter: 2) == nil)
        let told = table.fail(flight, FlightSamples.providerFailed)
        #expect(told.map { "\($0.waiter) \($0.news.label)" } == ["1 failed provider_failed", "2 leads"])
        // Nothing of the first call's answer is left for those who read the second's.
        #expect(table.listen(other, waiter: 3) == nil)
        #expect(table.append(Part(number: 5), to: flight).map { $0.news.label } == ["pieces [5]"])
        #expect(table.table.bytes == 10)
    }

    @Test("Who is to lead but has gone hands on to the next")
    func goneHeir() throws {
        let table = TableBox(rules: FlightRules())
        let flight = try #require(table.lead(key))
        let seats = try (0..<3).map { _ in try #require(table.follow(key)) }
        #expect(table.listen(seats[2], waiter: 2) == nil)
        _ = table.fail(flight, FlightSamples.late)
        #expect(table.leave(seats[0]).told.isEmpty)
        #expect(table.leave(seats[1]).told.map { "\($0.waiter) \($0.news.label)" } == ["2 leads"])
    }

    @Test("A follower that leaves is told nothing more; the last one's leaving is noticed")
    func leaving() throws {
        let table = TableBox(rules: FlightRules())
        let flight = try #require(table.lead(key))
        let first = try #require(table.follow(key))
        let second = try #require(table.follow(key))
        #expect(table.listen(first, waiter: 1) == nil)
        let left = table.leave(first)
        #expect(left.own == 1 && left.deserted == nil)
        #expect(table.append(Part(number: 0), to: flight).isEmpty)
        let last = table.leave(second)
        #expect(last.own == nil && last.deserted == flight)
        #expect(!table.table.isFollowed(flight))
        #expect(table.leave(second).deserted == nil)
    }
}
