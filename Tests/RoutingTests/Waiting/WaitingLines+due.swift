@testable import Routing

extension WaitingRoom.StateMachine {
    /// The next time at which something is to be done, from everybody who waits.
    var dueByWalking: ContinuousClock.Instant? {
        lanes.values.flatMap { lane in
            lane.waiters.filter { $0.id != lane.asking }.map(\.guest.deadline)
                + (lane.asking == nil ? [lane.ready] : [])
        }.min()
    }
}
