import GatewayCore

@testable import Routing

/// The pure room with a clock that is moved by hand.
struct WaitingLines {
    var machine: WaitingRoom.StateMachine
    var now = ContinuousClock.now
    private(set) var lastID = 0
    /// Those who are to ask, in the order in which they were told.
    private(set) var called: [Int] = []
    private(set) var refused: [Int: Duration] = [:]
    static let lane = WaitingLane.Key(["a", "b"])

    init(_ change: (inout WaitingRules) -> Void = { _ in }) {
        var rules = WaitingRules()
        change(&rules)
        machine = WaitingRoom.StateMachine(rules)
    }

    /// - Returns: its number, or nil when it does not wait.
    @discardableResult
    mutating func arrive(
        _ tenant: String, weight: Double = 1, priority: WaitingClass = .usual, patience: Duration = .seconds(3600),
        turn: Double = 1, retryAfter: Duration? = .seconds(1), endsWithCalls: Bool = false,
        lane: WaitingLane.Key = lane
    ) -> Int? {
        lastID += 1
        let guest = WaitingGuest(
            lane: lane, tenant: TenantID(tenant), weight: weight, priority: priority, deadline: now + patience,
            turn: turn)
        let denial = retryAfter.map { WaitingDenial(retryAfter: $0, endsWithCalls: endsWithCalls) }
        let (arrival, notices) = machine.arrive(guest, id: lastID, denial: denial, now: now)
        hear(notices)
        last = arrival
        return arrival == .waits ? lastID : nil
    }

    /// What became of the last one who came.
    private(set) var last = WaitingRoom.StateMachine.Arrival.asks

    mutating func pass(_ time: Duration) {
        now += time
        hear(machine.tick(now: now))
    }

    mutating func serve(_ id: Int) { hear(machine.served(id, now: now)) }

    mutating func leave(_ id: Int) { hear(machine.leave(id, now: now)) }

    mutating func end(_ members: [String]) { hear(machine.callEnded(members, now: now)) }

    mutating func deny(_ id: Int, retryAfter: Duration, endsWithCalls: Bool = false) {
        let denial = WaitingDenial(retryAfter: retryAfter, endsWithCalls: endsWithCalls)
        let (arrival, notices) = machine.denied(id, denial, now: now)
        hear(notices)
        last = arrival
    }

    /// Serves so many, one after the other as they are called.
    mutating func serveAll(_ most: Int) -> [Int] {
        var served: [Int] = []
        pass(.seconds(1))
        while served.count < most, called.count > served.count {
            served.append(called[served.count])
            serve(called[served.count - 1])
        }
        return served
    }

    private mutating func hear(_ notices: [(Int, WaitingRoom.StateMachine.Notice)]) {
        for (id, notice) in notices {
            switch notice {
            case .asks: called.append(id)
            case .refused(let wait): refused[id] = wait
            }
        }
    }
}
