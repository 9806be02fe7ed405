/// Remembers every admission: the truth that a limiter is measured by.
package struct ExactLimitLog: Sendable {
    private var entries: [(milliseconds: Int, amount: Int)] = []
    /// The first entry inside the last minute.
    private var first = 0
    private var current = 0
    /// The most that was used in any 60 seconds.
    package private(set) var peak = 0
    package private(set) var total = 0

    package init() {}

    /// What was used in the 60 seconds up to `milliseconds`.
    package mutating func used(at milliseconds: Int) -> Int {
        while first < entries.count, entries[first].milliseconds <= milliseconds - 60_000 {
            current -= entries[first].amount
            first += 1
        }
        return current
    }

    /// Times must not go back.
    package mutating func admit(_ amount: Int, at milliseconds: Int) {
        _ = used(at: milliseconds)
        entries.append((milliseconds, amount))
        current += amount
        total += amount
        peak = max(peak, current)
    }

    /// What a limiter with a perfect memory admits of `arrivals`.
    package static func admitted(
        of arrivals: [LimitTraffic.Arrival], limit: Int, amount: (LimitTraffic.Arrival) -> Int
    ) -> ExactLimitLog {
        var log = ExactLimitLog()
        for arrival in arrivals where log.used(at: arrival.milliseconds) + amount(arrival) <= limit {
            log.admit(amount(arrival), at: arrival.milliseconds)
        }
        return log
    }
}
