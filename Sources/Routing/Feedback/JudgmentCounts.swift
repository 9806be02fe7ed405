import NIOConcurrencyHelpers

/// How many judgments of hits each user has given in an hour that begins with the first, in one process.
final class JudgmentCounts: Sendable {
    private struct Hour {
        var taken: Int
        let end: ContinuousClock.Instant
    }

    private let hours = NIOLockedValueBox<[String: Hour]>([:])
    /// Users known at a time; with more of them, and all within their hours, a new one has to wait.
    private static let capacity = 16_384

    /// Counts one more of `judge` at `now`, if that is not too many.
    func admits(_ judge: String, limit: Int, now: ContinuousClock.Instant) -> Bool {
        hours.withLockedValue { hours in
            if let known = hours[judge], known.end > now {
                hours[judge]?.taken += 1
                return known.taken < limit
            }
            if hours.count >= Self.capacity { hours = hours.filter { $0.value.end > now } }
            guard hours.count < Self.capacity else { return false }
            hours[judge] = Hour(taken: 1, end: now + .seconds(3_600))
            return limit > 0
        }
    }
}
