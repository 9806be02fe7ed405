import NIOConcurrencyHelpers

/// Lets so many through in each second.
final class HitPace: Sendable {
    private struct Second {
        var end: ContinuousClock.Instant
        var taken = 0
    }

    private let limit: Int
    private let second = NIOLockedValueBox(Second(end: .now))

    init(limit: Int = 100) { self.limit = limit }

    func admits(at now: ContinuousClock.Instant) -> Bool {
        second.withLockedValue { second in
            if second.end <= now { second = Second(end: now + .seconds(1)) }
            second.taken += 1
            return second.taken <= limit
        }
    }
}
