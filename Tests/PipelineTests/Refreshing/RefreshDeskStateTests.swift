import GatewayCore
import GatewayTesting
import Testing

@testable import Pipeline

@Suite("What a replica makes anew")
struct RefreshDeskStateTests {
    private let now = ContinuousClock.now

    @Test("One of each answer at a time, so many in all, and none again before its pause is over")
    func course() {
        var machine = RefreshDesk.StateMachine(limit: 2)
        let ids = (1...3).map(SampleEntries.id)
        let first = [0, 0, 1, 2].map { machine.begin(ids[$0], at: now) }
        #expect(first == [.start(1), .none, .start(2), .refuse])
        machine.ended(1, ids[0], pauseUntil: now + .seconds(2))
        let paused = machine.begin(ids[0], at: now + .seconds(1))
        let other = machine.begin(ids[2], at: now)
        #expect(paused == .none && other == .start(3))
        machine.ended(2, ids[1], pauseUntil: now)
        let again = machine.begin(ids[0], at: now + .seconds(2))
        #expect(again == .start(4))
    }

    @Test("Closed it begins nothing, names what is under way, and tells who comes late with a task")
    func closing() async {
        var machine = RefreshDesk.StateMachine(limit: 4)
        let task = Task<Void, Never> {}
        let begun = (1...2).map { machine.begin(SampleEntries.id($0), at: now) }
        #expect(begun == [.start(1), .start(2)])
        let isLate = machine.started(1, task)
        #expect(!isLate)
        let underWay = machine.close()
        #expect(underWay == [task])
        let isTooLate = machine.started(2, task)
        #expect(isTooLate)
        let refused = machine.begin(SampleEntries.id(3), at: now)
        #expect(refused == .none)
        await task.value
    }
}
