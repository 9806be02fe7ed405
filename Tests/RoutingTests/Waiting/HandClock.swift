import NIOConcurrencyHelpers

@testable import Routing

/// A clock that stands still until it is moved, and knows who sleeps by it.
final class HandClock: Sendable {
    private struct State {
        var now = ContinuousClock.now
        var sleepers: [Int: (until: ContinuousClock.Instant, continuation: CheckedContinuation<Void, Never>)] = [:]
        var lastID = 0
        var watchers: [(isMet: @Sendable ([ContinuousClock.Instant]) -> Bool, CheckedContinuation<Void, Never>)] = []
    }

    private let state = NIOLockedValueBox(State())

    var now: ContinuousClock.Instant { state.withLockedValue { $0.now } }

    var clock: WaitingClock { WaitingClock(now: { self.now }, sleep: { await self.rest(until: $0) }) }

    func rest(until instant: ContinuousClock.Instant) async {
        let id = state.withLockedValue { state in
            state.lastID += 1
            return state.lastID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLockedValue { state in
                    if Task.isCancelled || state.now >= instant { return true }
                    state.sleepers[id] = (instant, continuation)
                    return false
                }
                if isOver { continuation.resume() }
                tellWatchers()
            }
        } onCancel: {
            state.withLockedValue { $0.sleepers.removeValue(forKey: id)?.continuation }?.resume()
        }
    }

    func move(_ time: Duration) {
        let over = state.withLockedValue { state in
            state.now += time
            let now = state.now
            let over = state.sleepers.filter { $0.value.until <= now }
            for id in over.keys { state.sleepers[id] = nil }
            return over.values.map(\.continuation)
        }
        for continuation in over { continuation.resume() }
    }

    /// Returns when somebody sleeps until exactly then.
    func waitForSleeper(until instant: ContinuousClock.Instant) async {
        await withCheckedContinuation { continuation in
            state.withLockedValue { state in
                state.watchers.append(({ $0.contains(instant) }, continuation))
            }
            tellWatchers()
        }
    }

    private func tellWatchers() {
        let met = state.withLockedValue { state in
            let times = state.sleepers.values.map(\.until)
            let met = state.watchers.filter { $0.isMet(times) }
            state.watchers.removeAll { $0.isMet(times) }
            return met.map(\.1)
        }
        for continuation in met { continuation.resume() }
    }
}
