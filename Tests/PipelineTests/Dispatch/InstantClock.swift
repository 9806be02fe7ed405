import NIOConcurrencyHelpers
import Routing

/// A clock on which nobody waits: it goes ahead instead, and keeps by how much. For one request at a time.
final class InstantClock: Sendable {
    private struct State {
        var offset = Duration.zero
        var lastSeen = ContinuousClock.now
        var waits: [Duration] = []
    }

    private let state = NIOLockedValueBox(State())

    var waits: [Duration] { state.withLockedValue { $0.waits } }

    var clock: WaitingClock { WaitingClock(now: { self.now }, sleep: { self.rest(until: $0) }) }

    private var now: ContinuousClock.Instant {
        state.withLockedValue { state in
            state.lastSeen = .now + state.offset
            return state.lastSeen
        }
    }

    private func rest(until instant: ContinuousClock.Instant) {
        state.withLockedValue { state in
            let wait = state.lastSeen.duration(to: instant)
            state.waits.append(wait)
            state.offset += wait
        }
    }
}
