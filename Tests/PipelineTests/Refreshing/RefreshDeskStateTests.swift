import GatewayCore
import GatewayTesting
import Testing

@testable import Pipeline

@Suite("What a replica makes anew")
struct RefreshDeskStateTests {
    private let now = ContinuousClock.now
    private let seen = UnixTime(milliseconds: 1000)

    @Test("One of each answer at a time, so many in all, and none again before its pause is over")
    func course() {
        var machine = RefreshDesk.StateMachine(limit: 2)
        let ids = (1...3).map(SampleEntries.id)
        let first = [0, 0, 1, 2].map { machine.begin(ids[$0], seen: seen, at: now) }
        #expect(first == [.start(1), .none, .start(2), .refuse])
        machine.ended(1, ids[0], .init(end: now + .seconds(2)))
        let paused = machine.begin(ids[0], seen: seen, at: now + .seconds(1))
        let other = machine.begin(ids[2], seen: seen, at: now)
        #expect(paused == .none && other == .start(3))
        machine.ended(2, ids[1], .init(end: now))
        let again = machine.begin(ids[0], seen: seen, at: now + .seconds(2))
        #expect(again == .start(4))
    }

    @Test("Who still sees an answer that was made anew does not ask again; who sees the new one does")
    func done() {
        var machine = RefreshDesk.StateMachine(limit: 2)
        let entry = SampleEntries.id(1)
        let first = machine.begin(entry, seen: seen, at: now)
        machine.ended(1, entry, .init(end: now + .seconds(60), seen: seen))
        let old = machine.begin(entry, seen: seen, at: now + .seconds(59))
        let new = machine.begin(entry, seen: seen + .milliseconds(1), at: now + .seconds(1))
        #expect(first == .start(1) && old == .none && new == .start(2))
        machine.ended(2, entry, .init(end: now + .seconds(60), seen: seen))
        let late = machine.begin(entry, seen: seen, at: now + .seconds(60))
        #expect(late == .start(3))
    }

    @Test("Closed it begins nothing, names what is under way, and tells who comes late with a task")
    func closing() async {
        var machine = RefreshDesk.StateMachine(limit: 4)
        let task = Task<Void, Never> {}
        let begun = (1...2).map { machine.begin(SampleEntries.id($0), seen: seen, at: now) }
        #expect(begun == [.start(1), .start(2)])
        let isLate = machine.started(1, task)
        #expect(!isLate)
        let underWay = machine.close()
        #expect(underWay == [task])
        let isTooLate = machine.started(2, task)
        #expect(isTooLate)
        let refused = machine.begin(SampleEntries.id(3), seen: seen, at: now)
        #expect(refused == .none)
        await task.value
    }
}
