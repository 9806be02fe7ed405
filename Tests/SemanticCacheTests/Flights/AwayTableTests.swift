import GatewayCore
import GatewayTesting
import Testing

@testable import SemanticCache

@Suite("What a replica knows of the calls of others")
struct AwayTableTests {
    private let key = FlightKey(entry: SampleEntries.id(1), partition: SampleEntries.partition(1), generation: 0)
    private let other = FlightToken(milliseconds: 1, sequence: 0)
    private let own = FlightToken(milliseconds: 2, sequence: 0)
    private let tenant = TenantID("acme")
    private let now = ContinuousClock.now

    private var began: FlightLine {
        let course = FlightCourse(embedding: SampleEntries().vector(1), features: GuardFeatures(text: "What?"))
        return .began(AwayFlight(token: other, key: key, course: course, tenant: tenant))
    }

    @Test("A beginning told after its end is a rival if there is an answer, and none if there is not")
    func endFirst() {
        for isKept in [true, false] {
            var table = AwayTable<Int>(glow: .seconds(5))
            _ = table.take(.ended(other, isKept: isKept), now: now)
            _ = table.take(began, now: now)
            #expect(rivals(table) == (isKept ? [other] : []))
            #expect(table.listen(other, waiter: 1).isKept == isKept)
            _ = table.take(.ended(own, isKept: false), now: now + .seconds(6))
            #expect(rivals(table).isEmpty, "an end is remembered for a while")
        }
    }

    @Test("A beginning that is told twice is known once")
    func twice() {
        var table = AwayTable<Int>(glow: .seconds(5))
        for _ in 0..<2 { _ = table.take(began, now: now) }
        #expect(rivals(table) == [other])
        _ = table.take(.ended(other, isKept: false), now: now)
        #expect(rivals(table).isEmpty)
    }

    @Test("Calls of two shards may have the same number: the end of one is not heard by who waits for the other")
    func shards() {
        var table = AwayTable<Int>(glow: .seconds(5))
        let twin = FlightToken(milliseconds: other.milliseconds, sequence: other.sequence, shard: 1)
        _ = table.take(began, now: now)
        #expect(table.listen(other, waiter: 1).isKept == nil)
        let none = table.take(.ended(twin, isKept: true), now: now)
        #expect(none.isEmpty)
        #expect(table.listen(twin, waiter: 2).isKept == true)
        #expect(rivals(table) == [other])
        let told = table.take(.ended(other, isKept: false), now: now)
        #expect(told.map(\.waiter) == [1])
    }

    @Test("What says to be of another tenant is no rival, whatever partition it names")
    func forged() {
        var table = AwayTable<Int>(glow: .seconds(5))
        _ = table.take(began, now: now)
        #expect(table.rivals(of: key, from: .open, before: own, atMost: 8).isEmpty)
    }

    @Test("Calls that have ended take no place of one under way")
    func places() {
        var table = AwayTable<Int>(glow: .seconds(5))
        _ = table.take(began, now: now)
        for number in 10..<20_000 {
            _ = table.take(beginning(number), now: now)
            _ = table.take(.ended(token(number), isKept: false), now: now)
        }
        #expect(rivals(table) == [other])
        #expect(table.count <= 4097)
    }

    @Test("Of very many under way the oldest are forgotten")
    func bound() {
        var table = AwayTable<Int>(glow: .seconds(5))
        _ = table.take(began, now: now)
        for number in 10..<20_000 { _ = table.take(beginning(number), now: now) }
        #expect(rivals(table).isEmpty)
        #expect((4096...8192).contains(table.count))
    }

    private func rivals(_ table: AwayTable<Int>) -> [FlightToken] {
        table.rivals(of: key, from: tenant, before: own, atMost: 8).map(\.token)
    }

    private func token(_ number: Int) -> FlightToken { FlightToken(milliseconds: Int64(number), sequence: 0) }

    private func beginning(_ number: Int) -> FlightLine {
        .began(AwayFlight(token: token(number), key: key, course: nil, tenant: nil))
    }
}
