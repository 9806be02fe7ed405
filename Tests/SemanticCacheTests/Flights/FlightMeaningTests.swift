import GatewayCore
import GatewayTesting
import Testing

@testable import SemanticCache

@Suite("Calls that answer similar questions")
struct FlightMeaningTests {
    private let key = FlightSamples.key(1)
    private let other = FlightSamples.key(2)
    private let third = FlightSamples.key(3)

    private func rivals(_ table: TableBox, _ key: FlightKey, _ course: FlightCourse) -> [FlightRival] {
        if case .leads(_, let rivals) = table.board(key, course: course) { rivals } else { [] }
    }

    @Test("The rule that decides about hits decides here: threshold and guard, and the most similar one")
    func rule() throws {
        let rule = SimilarityRule(threshold: 0.95)
        let question = FlightSamples.course(0)
        #expect(question.match(among: [FlightSamples.course(30)], by: rule) == nil)
        let match = try #require(
            question.match(
                among: [FlightSamples.course(60), FlightSamples.course(10), FlightSamples.course(5)], by: rule))
        #expect(match.place == 2 && abs(match.similarity - 0.9962) < 0.001)
        let numbered = FlightSamples.course(0, "How do I cancel 2 orders?")
        #expect(numbered.match(among: [FlightSamples.course(0, "How do I cancel 3 orders?")], by: rule) == nil)
        let short = FlightCourse(
            embedding: EmbeddingVector(unit: [1]), features: GuardFeatures(text: "How do I cancel?"))
        #expect(question.match(among: [short], by: rule) == nil)
    }

    @Test("Who comes later sees who came before in its partition and since the same purge, never the reverse")
    func order() throws {
        let table = TableBox(rules: FlightRules())
        let course = FlightSamples.course(0)
        #expect(rivals(table, key, course).isEmpty)
        #expect(rivals(table, other, course).map(\.entry) == [key.entry])
        #expect(rivals(table, FlightSamples.key(4, partition: 2), course).isEmpty)
        #expect(rivals(table, FlightSamples.key(5, generation: 9), course).isEmpty)
        #expect(rivals(table, third, course).map(\.entry) == [key.entry, other.entry])
    }

    @Test("A leader that joins brings those who asked the same; those who only resembled it must look again")
    func joining() throws {
        let table = TableBox(rules: FlightRules())
        let first = try #require(table.lead(key, course: FlightSamples.course(0)))
        let second = try #require(table.lead(other, course: FlightSamples.course(5)))
        let similar = try #require(table.lead(third, course: FlightSamples.course(10)))
        let seat = try #require(table.join(similar, to: second).seat)
        let same = try #require(table.follow(other))
        #expect(table.listen(seat, waiter: 1) == nil)
        #expect(table.listen(same, waiter: 2) == nil)
        let (own, told) = table.join(second, to: first)
        #expect(told.map { "\($0.waiter) \($0.news.label)" } == ["1 again 0"])
        let joined = try #require(own)
        #expect(table.listen(joined, waiter: 3) == nil)
        #expect(table.table.flights.count == 1)
        // Who asks what the one that joined had asked follows the same call.
        let late = try #require(table.follow(other))
        #expect(table.listen(late, waiter: 4) == nil)
        let landed = table.land(first)
        #expect(Set(landed.map(\.waiter)) == [2, 3, 4])
        #expect(landed.allSatisfy { $0.news.label == "landed" })
        #expect(table.table.seats.isEmpty && table.table.flights.isEmpty)
    }

    @Test("An answer that is not kept is not said to a similar question, unless its saying has begun")
    func notKept() throws {
        let table = TableBox(rules: FlightRules())
        let first = try #require(table.lead(key, course: FlightSamples.course(0)))
        let second = try #require(table.lead(other, course: FlightSamples.course(5)))
        let similar = try #require(table.join(second, to: first, readsPieces: false, failures: 1).seat)
        let begun = try #require(table.follow(other))
        let same = try #require(table.follow(key))
        _ = table.append(Part(number: 0), to: first)
        #expect(table.listen(begun, waiter: 2) == "pieces [0]")
        _ = table.land(first, isKept: false)
        #expect(table.listen(similar, waiter: 1) == "again 1")
        #expect(table.listen(begun, waiter: 2) == "landed")
        #expect(table.listen(same, waiter: 3) == "pieces [0]")
        #expect(table.listen(same, waiter: 3) == "landed")
    }

    @Test("A call that is over cannot be joined, and a failed one sends those who resembled it to look again")
    func over() throws {
        let table = TableBox(rules: FlightRules())
        let first = try #require(table.lead(key, course: FlightSamples.course(0)))
        let second = try #require(table.lead(other, course: FlightSamples.course(5)))
        _ = table.land(first)
        #expect(table.join(second, to: first).seat == nil)
        let leader = try #require(table.lead(third, course: FlightSamples.course(5)))
        let seat = try #require(table.join(leader, to: second).seat)
        _ = table.fail(second, FlightSamples.providerFailed)
        #expect(table.listen(seat, waiter: 1) == "again 1")
        #expect(table.table.flights.isEmpty)
    }

    @Test("Who takes no other question's answer, or only a more similar one's, does not follow by way of another")
    func strictLater() throws {
        for floor in [nil, 0.99] as [Float?] {
            let table = TableBox(rules: FlightRules())
            let first = try #require(table.lead(key, course: FlightSamples.course(0)))
            let second = try #require(table.lead(other, course: FlightSamples.course(15)))
            _ = try #require(table.join(second, to: first, similarity: 0.966).seat)
            let easy = try #require(table.follow(other))
            let strict = try #require(table.lead(other, TableBox.wish(floor: floor)))
            // Now there is a call for exactly this question.
            let exact = try #require(table.follow(other, TableBox.wish(floor: floor)))
            _ = table.land(first)
            #expect(table.news(for: easy, waiter: 1)?.similarity == 0.966)
            #expect(table.listen(exact, waiter: 2) == nil)
            let told = table.land(strict)
            #expect(told.map(\.waiter) == [2] && told.allSatisfy { $0.news.similarity == nil })
        }
    }

    @Test("Who follows the same question is not taken to a similar one that is not similar enough for it")
    func strictBefore() throws {
        let table = TableBox(rules: FlightRules())
        let first = try #require(table.lead(key, course: FlightSamples.course(0)))
        let second = try #require(table.lead(other, course: FlightSamples.course(15)))
        let exact = try #require(table.follow(other, TableBox.wish(floor: nil)))
        let close = try #require(table.follow(other, TableBox.wish(floor: 0.99)))
        let easy = try #require(table.follow(other))
        for (waiter, seat) in [exact, close, easy].enumerated() { #expect(table.listen(seat, waiter: waiter) == nil) }
        let (seat, told) = table.join(second, to: first, similarity: 0.966)
        #expect(told.map { "\($0.waiter) \($0.news.label)" } == ["0 again 0", "1 again 0"])
        let joined = try #require(seat)
        #expect(table.listen(joined, waiter: 3) == nil)
        let landed = table.land(first)
        #expect(Set(landed.map(\.waiter)) == [2, 3])
        #expect(landed.allSatisfy { $0.news.similarity == 0.966 })
    }

    @Test("An answer found for a similar question is given to those who take it, as what it is")
    func strictGlow() throws {
        let table = TableBox(rules: FlightRules())
        let flight = try #require(table.lead(other, course: FlightSamples.course(15)))
        _ = table.withdraw(flight, for: key.entry, similarity: 0.966)
        guard case .stored(key.entry, let similarity) = table.board(other) else {
            Issue.record("the place of the answer must be known")
            return
        }
        #expect(similarity == 0.966)
        #expect(table.lead(other, TableBox.wish(floor: 0.99)) != nil)
    }

    @Test("A question that was answered a moment ago is a rival, too: its answer is in the store")
    func glowing() throws {
        let table = TableBox(rules: FlightRules())
        let first = try #require(table.lead(key, course: FlightSamples.course(0)))
        _ = table.land(first)
        let found = rivals(table, other, FlightSamples.course(5))
        #expect(found.map(\.entry) == [key.entry] && found.first?.number == nil)
    }
}
