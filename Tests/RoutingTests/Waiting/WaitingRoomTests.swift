import GatewayCore
import Testing

@testable import Routing

@Suite("The waiting room")
struct WaitingRoomTests {
    private let hand = HandClock()

    private func guest(_ tenant: String = "t", patience: Duration = .seconds(60)) -> WaitingGuest {
        WaitingGuest(
            lane: WaitingLane.Key(["a"]), tenant: TenantID(tenant), deadline: hand.now + patience, turn: 1)
    }

    private func denial(_ wait: Duration, endsWithCalls: Bool = false) -> WaitingDenial {
        WaitingDenial(retryAfter: wait, endsWithCalls: endsWithCalls)
    }

    private func seat(_ turn: WaitingRoom.Turn) throws -> WaitingRoom.Seat {
        guard case .asks(let seat?) = turn else {
            Issue.record("not its turn: \(turn)")
            throw CancellationError()
        }
        return seat
    }

    @Test("One waits until the limiter said, the next until it was served", .timeLimit(.minutes(1)))
    func time() async throws {
        let room = WaitingRoom(clock: hand.clock)
        let start = hand.now
        async let first = room.arrive(guest(), denial: denial(.seconds(2)))
        await hand.waitForSleeper(until: start + .seconds(2))
        #expect(room.count == 1)
        hand.move(.seconds(2))
        let seat = try seat(await first)
        async let second = room.arrive(guest(), denial: nil)
        await hand.waitForSleeper(until: start + .seconds(62))
        room.served(seat)
        room.served(try self.seat(await second))
        #expect(room.count == 0)
    }

    @Test("The end of a call wakes before the time", .timeLimit(.minutes(1)))
    func end() async throws {
        let room = WaitingRoom(clock: hand.clock)
        let start = hand.now
        async let turn = room.arrive(guest(), denial: denial(.seconds(30), endsWithCalls: true))
        await hand.waitForSleeper(until: start + .seconds(30))
        room.callEnded(["other"])
        room.callEnded(["a"])
        let seat = try seat(await turn)
        async let again = room.denied(seat, denial(.seconds(9)))
        await hand.waitForSleeper(until: start + .seconds(9))
        hand.move(.seconds(9))
        room.leave(try self.seat(await again))
        #expect(room.count == 0)
    }

    @Test("A call that ended between the denial and the line wakes, too; one that ended before does not",
        .timeLimit(.minutes(1)))
    func endBefore() async throws {
        let room = WaitingRoom(clock: hand.clock)
        let start = hand.now
        room.callEnded(["a"])
        var asked = room.callsEnded
        room.callEnded(["a"])
        let first = await room.arrive(guest(), denial: denial(.seconds(30), endsWithCalls: true), callsEnded: asked)
        room.leave(try seat(first))
        asked = room.callsEnded
        async let second = room.arrive(guest(), denial: denial(.seconds(30), endsWithCalls: true), callsEnded: asked)
        await hand.waitForSleeper(until: start + .seconds(30))
        hand.move(.seconds(30))
        room.leave(try seat(await second))
        // Time alone makes room there.
        asked = room.callsEnded
        room.callEnded(["a"])
        async let third = room.arrive(guest(), denial: denial(.seconds(9)), callsEnded: asked)
        await hand.waitForSleeper(until: start + .seconds(39))
        hand.move(.seconds(9))
        room.leave(try seat(await third))
        #expect(room.count == 0)
    }

    @Test("One whose time is over is told when there would be room", .timeLimit(.minutes(1)))
    func deadline() async throws {
        let room = WaitingRoom(clock: hand.clock)
        let start = hand.now
        async let first = room.arrive(guest(), denial: denial(.zero))
        let seat = try seat(await first)
        async let second = room.arrive(guest(patience: .seconds(5)), denial: nil)
        await hand.waitForSleeper(until: start + .seconds(5))
        hand.move(.seconds(5))
        guard case .refused(let wait, hasWaited: true) = await second else {
            Issue.record("expected a refusal")
            return
        }
        #expect(wait == .seconds(1))
        room.leave(seat)
        #expect(room.count == 0)
    }

    @Test("Cancellation takes one out at once: before it waits, while, and behind others", .timeLimit(.minutes(1)))
    func cancellation() async throws {
        let room = WaitingRoom(clock: hand.clock)
        let start = hand.now
        let (guest, denial) = (guest(), denial(.seconds(30)))
        let waiting = Task { await room.arrive(guest, denial: denial) }
        await hand.waitForSleeper(until: start + .seconds(30))
        let behind = Task { await room.arrive(guest, denial: nil) }
        while room.count < 2 { await Task.yield() }
        behind.cancel()
        guard case .cancelled = await behind.value else { throw CancellationError() }
        #expect(room.count == 1)
        waiting.cancel()
        guard case .cancelled = await waiting.value else { throw CancellationError() }
        #expect(room.count == 0)
        let early = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await room.arrive(guest, denial: denial)
        }
        guard case .cancelled = await early.value else { throw CancellationError() }
        #expect(room.count == 0)
    }

    @Test("Many tasks that come, wait, are served and go at once all come to an end", .timeLimit(.minutes(1)))
    func crowd() async {
        let room = WaitingRoom()
        let ends = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<400 {
                group.addTask {
                    let guest = WaitingGuest(
                        lane: WaitingLane.Key(["\(index % 3)"]), tenant: TenantID("t\(index % 7)"),
                        deadline: .now + .seconds(30), turn: 0.0001)
                    let denial = WaitingDenial(retryAfter: .microseconds(index % 50), endsWithCalls: true)
                    var turn = await room.arrive(guest, denial: denial)
                    for _ in 0..<(index % 3) {
                        guard case .asks(let seat?) = turn else { break }
                        turn = await room.denied(seat, denial)
                    }
                    guard case .asks(let seat?) = turn else { return false }
                    if index.isMultiple(of: 2) { room.served(seat) } else { room.leave(seat) }
                    room.callEnded(["\(index % 3)"])
                    return true
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(ends == 400)
        #expect(room.count == 0)
    }
}
