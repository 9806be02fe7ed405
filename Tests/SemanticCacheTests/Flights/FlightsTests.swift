import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import Testing

@testable import SemanticCache

@Suite("Requests that join calls", .timeLimit(.minutes(1)))
struct FlightsTests {
    private let key = FlightSamples.key(1)
    private let flights = Flights<Part>()
    private let wish = TableBox.wish()

    private func lead() throws -> FlightLead<Part> {
        guard case .leads(let lead, _) = flights.board(key, course: nil, wish: wish) else {
            throw Unexpected()
        }
        return lead
    }

    private func follow() throws -> FlightSeat<Part> {
        guard case .follows(let seat) = flights.board(key, course: nil, wish: wish) else { throw Unexpected() }
        return seat
    }

    @Test("A thousand followers read the same parts and the same end, each at its own pace")
    func many() async throws {
        let lead = try lead()
        let seats = try (0..<1000).map { _ in try follow() }
        try await withThrowingTaskGroup(of: [Int].self) { group in
            for seat in seats {
                group.addTask {
                    var read: [Int] = []
                    while true {
                        switch await seat.next() {
                        case .pieces(let pieces, _): read += pieces.map(\.number)
                        case .landed: return read
                        default: throw Unexpected()
                        }
                    }
                }
            }
            for number in 0..<50 {
                lead.append(Part(number: number))
                await Task.yield()
            }
            lead.land(FlightSamples.landing())
            for try await read in group { #expect(read == Array(0..<50)) }
        }
        #expect(flights.counts == FlightCounts())
    }

    @Test("A cancelled follower leaves at once, whether it waits already or not; the last one's leaving is told")
    func cancellation() async throws {
        let lead = try lead()
        let isDeserted = NIOLockedValueBox(false)
        let waiting = try follow()
        lead.whenDeserted { isDeserted.withLockedValue { $0 = true } }
        let task = Task { await waiting.next() }
        try await eventually { flights.counts.followers == 1 }
        task.cancel()
        guard case .cancelled = await task.value else { throw Unexpected() }
        #expect(isDeserted.withLockedValue { $0 })
        let late = try follow()
        let cancelled = Task {
            while !Task.isCancelled { await Task.yield() }
            return await late.next()
        }
        cancelled.cancel()
        guard case .cancelled = await cancelled.value else { throw Unexpected() }
        #expect(flights.counts.followers == 0)
        lead.land(FlightSamples.landing())
    }

    @Test("A leader that is dropped hands over, and an heir that is dropped does too")
    func dropped() async throws {
        var lead: FlightLead<Part>? = try lead()
        let (first, second) = (try follow(), try follow())
        #expect(lead?.isFollowed == true)
        lead = nil
        var heir: FlightSeat<Part>.News? = await first.next()
        guard case .leads = heir else { throw Unexpected() }
        heir = nil
        guard case .leads(let last) = await second.next() else { throw Unexpected() }
        #expect(!last.isFollowed)
        last.land(FlightSamples.landing())
        #expect(flights.counts == FlightCounts())
    }

    @Test("A follower that is dropped gives its place back, and nobody following is told at once")
    func droppedSeat() throws {
        let lead = try lead()
        var seat: FlightSeat<Part>? = try follow()
        #expect(flights.counts.followers == 1 && seat != nil)
        seat = nil
        #expect(flights.counts.followers == 0)
        let isDeserted = NIOLockedValueBox(false)
        lead.whenDeserted { isDeserted.withLockedValue { $0 = true } }
        #expect(isDeserted.withLockedValue { $0 })
    }

    @Test("A leader hears once that somebody follows, at once if somebody does, and not behind its end")
    func followed() throws {
        let heard = NIOLockedValueBox(0)
        let hear: @Sendable () -> Void = { heard.withLockedValue { $0 += 1 } }
        let lead = try lead()
        lead.whenFollowed(hear)
        #expect(heard.withLockedValue { $0 } == 0)
        let seats = try (0..<2).map { _ in try follow() }
        #expect(heard.withLockedValue { $0 } == 1)
        lead.whenFollowed(hear)
        #expect(heard.withLockedValue { $0 } == 2)
        for seat in seats { seat.leave() }
        lead.whenFollowed(hear)
        lead.land(FlightSamples.landing(isKept: false))
        lead.whenFollowed(hear)
        let next = try self.lead()
        _ = try follow()
        #expect(heard.withLockedValue { $0 } == 2)
        next.land(FlightSamples.landing(isKept: false))
    }

    @Test("Followers that come, read and are cancelled on many threads all come to an end")
    func storm() async throws {
        for round in 0..<20 {
            let lead = try lead()
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<100 {
                    guard case .follows(let seat) = flights.board(key, course: nil, wish: wish) else { continue }
                    group.addTask {
                        let task = Task {
                            while true {
                                switch await seat.next() {
                                case .pieces: continue
                                case .leads(let lead): return lead.land(FlightSamples.landing(isKept: false))
                                default: return
                                }
                            }
                        }
                        if number % 3 == 0 { task.cancel() }
                        await task.value
                    }
                }
                for number in 0..<20 { lead.append(Part(number: number)) }
                if round % 2 == 0 {
                    lead.land(FlightSamples.landing(isKept: false))
                } else {
                    lead.fail(FlightSamples.late)
                }
            }
        }
        #expect(flights.counts == FlightCounts())
    }

    private struct Unexpected: Error {}
}
