import NIOConcurrencyHelpers
import Synchronization

/// Where requests wait that found no room at any target: fair over tenants by weight, the urgent first, nobody longer
/// than it may, and none that would wait in vain.
///
/// For one replica; the limiter of the fleet says when there will be room. Nothing is asked again and again: one who
/// waits asks when the limiter said, or when a call of this replica ended that may have made room. Any thread.
package final class WaitingRoom: Sendable {
    /// A place in a queue, held from the first wait until the holder is served or leaves.
    struct Seat: Sendable {
        let id: Int
        let lane: WaitingLane.Key
    }

    /// What became of somebody who wants room.
    enum Turn: Sendable {
        /// It may ask now. With a seat it must tell what came of it.
        case asks(Seat?)
        /// It would wait this long, which is too long: known at once, or after a wait.
        case refused(Duration, hasWaited: Bool)
        /// Its task was cancelled.
        case cancelled
    }

    /// Somebody who waits.
    private struct Sleeper {
        let seat: Seat
        let continuation: CheckedContinuation<Turn, Never>
    }

    private struct State {
        var machine: StateMachine
        var sleepers: [Int: Sleeper] = [:]
        var alarm: (due: ContinuousClock.Instant, task: Task<Void, Never>)?
    }

    private let state: NIOLockedValueBox<State>
    private let clock: WaitingClock
    private let lastID = Atomic<Int>(0)
    /// How many wait: looked at without the lock, as almost always nobody does.
    private let waiting = Atomic<Int>(0)
    private let ended = Atomic<Int>(0)
    let rules: WaitingRules

    package init(_ rules: WaitingRules = WaitingRules(), clock: WaitingClock = WaitingClock()) {
        self.rules = rules
        self.clock = clock
        state = NIOLockedValueBox(State(machine: StateMachine(rules)))
    }

    deinit { state.withLockedValue { $0.alarm?.task.cancel() } }

    /// How many requests wait now.
    package var count: Int { waiting.load(ordering: .relaxed) }

    /// For the metrics: looks at everybody.
    var figures: WaitingFigures {
        let now = clock.now()
        return state.withLockedValue { $0.machine.figures(now: now) }
    }

    var now: ContinuousClock.Instant { clock.now() }

    /// How many calls have ended: to be read before room is asked for.
    var callsEnded: Int { ended.load(ordering: .sequentiallyConsistent) }

    /// Gets in line.
    /// - Parameters:
    ///   - denial: what came of asking; nil for one that has not asked, which waits only behind others.
    ///   - callsEnded: when it asked. What ended since may have made room that the denial did not know of.
    func arrive(_ guest: WaitingGuest, denial: WaitingDenial?, callsEnded: Int? = nil) async -> Turn {
        if denial == nil, count == 0 { return .asks(nil) }
        let seat = Seat(id: lastID.add(1, ordering: .relaxed).newValue, lane: guest.lane)
        return await wait(seat, callsEnded) { machine, now in
            machine.arrive(guest, id: seat.id, denial: denial, now: now)
        }
    }

    /// Waits again, in the place it has. Gives the seat up unless its turn comes.
    func denied(_ seat: Seat, _ denial: WaitingDenial) async -> Turn {
        await wait(seat) { machine, now in machine.denied(seat.id, denial, now: now) }
    }

    /// There was room.
    func served(_ seat: Seat) { change { $0.served(seat.id, now: $1) } }

    /// Its turn is given up.
    func leave(_ seat: Seat) { change { $0.leave(seat.id, now: $1) } }

    /// Calls that counted against these ended, and whoever counts knows it.
    func callEnded(_ members: [String]) {
        // Before the look at who waits: whoever is not seen here sees this when it has lined up.
        ended.add(1, ordering: .sequentiallyConsistent)
        if waiting.load(ordering: .sequentiallyConsistent) > 0 { change { $0.callEnded(members, now: $1) } }
    }

    private func wait(
        _ seat: Seat, _ callsEnded: Int? = nil,
        _ enter: (inout StateMachine, ContinuousClock.Instant) -> (
            StateMachine.Arrival, notices: [(Int, StateMachine.Notice)]
        )
    ) async -> Turn {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                change { machine, sleepers, now in
                    // Of a task that was cancelled before, nobody will tell again.
                    if Task.isCancelled {
                        let notices = machine.leave(seat.id, now: now)
                        sleepers[seat.id] = Sleeper(seat: seat, continuation: continuation)
                        return (notices, (seat.id, .cancelled))
                    }
                    let (arrival, notices) = enter(&machine, now)
                    sleepers[seat.id] = Sleeper(seat: seat, continuation: continuation)
                    switch arrival {
                    case .asks: return (notices, (seat.id, .asks(nil)))
                    case .refused(let wait): return (notices, (seat.id, .refused(wait, hasWaited: false)))
                    case .waits: return (notices, nil)
                    }
                }
                if let callsEnded, callsEnded != self.callsEnded {
                    change { $0.callEnded(seat.lane.members, now: $1) }
                }
            }
        } onCancel: {
            change { machine, sleepers, now in
                // Whoever asks for room or has left is not waiting here.
                guard sleepers[seat.id] != nil else { return ([], nil) }
                return (machine.leave(seat.id, now: now), (seat.id, .cancelled))
            }
        }
    }

    private func change(_ act: (inout StateMachine, ContinuousClock.Instant) -> [(Int, StateMachine.Notice)]) {
        change { machine, _, now in (act(&machine, now), nil) }
    }

    /// Changes the state and tells those it concerns, outside the lock.
    private func change(
        _ act: (
            inout StateMachine, inout [Int: Sleeper], ContinuousClock.Instant
        ) -> (notices: [(Int, StateMachine.Notice)], own: (Int, Turn)?)
    ) {
        let now = clock.now()
        let told: [(Sleeper, Turn)] = state.withLockedValue { state in
            let (notices, own) = act(&state.machine, &state.sleepers, now)
            var told: [(Sleeper, Turn)] = []
            if let (id, turn) = own, let sleeper = state.sleepers.removeValue(forKey: id) {
                told.append((sleeper, turn))
            }
            for (id, notice) in notices {
                guard let sleeper = state.sleepers.removeValue(forKey: id) else { continue }
                switch notice {
                case .asks: told.append((sleeper, .asks(sleeper.seat)))
                case .refused(let wait): told.append((sleeper, .refused(wait, hasWaited: true)))
                }
            }
            waiting.store(state.machine.count, ordering: .sequentiallyConsistent)
            setAlarm(&state)
            return told
        }
        for (sleeper, turn) in told { sleeper.continuation.resume(returning: turn) }
    }

    /// Keeps one sleeping task that wakes for what is due first, and none while nobody waits.
    private func setAlarm(_ state: inout State) {
        let due = state.machine.due
        if let alarm = state.alarm {
            if alarm.due == due { return }
            alarm.task.cancel()
            state.alarm = nil
        }
        guard let due else { return }
        let clock = clock
        state.alarm = (
            due,
            Task { [weak self] in
                await clock.sleep(due)
                if !Task.isCancelled { self?.ring(due) }
            }
        )
    }

    private func ring(_ due: ContinuousClock.Instant) {
        state.withLockedValue { if $0.alarm?.due == due { $0.alarm = nil } }
        change { $0.tick(now: $1) }
    }
}
