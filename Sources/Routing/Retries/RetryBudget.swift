/// Keeps retries, and failovers to what fails as well, from becoming a storm: in an outage they would multiply the load
/// on what fails. Pure; one for each route.
///
/// In every window there are at most `floor + share × requests` of them.
package struct RetryBudget: Sendable {
    private struct Slot {
        var number: Int64 = .min
        var requests = 0
        var spent = 0
    }

    private static let slots = 10
    private let rule: RetryBudgetRule
    private let start: ContinuousClock.Instant
    private var ring = [Slot](repeating: Slot(), count: slots)

    package init(_ rule: RetryBudgetRule, start: ContinuousClock.Instant) {
        self.rule = rule
        self.start = start
    }

    /// Counts a request's first call.
    package mutating func count(now: ContinuousClock.Instant) {
        ring[slot(now)].requests += 1
    }

    /// Asks for one more call behind a first one.
    package mutating func spend(now: ContinuousClock.Instant) -> Bool {
        let current = slot(now)
        let oldest = ring[current].number - Int64(Self.slots)
        let live = ring.filter { $0.number > oldest }
        let (requests, spent) = live.reduce((0, 0)) { ($0.0 + $1.requests, $0.1 + $1.spent) }
        // Ten times a tenth may be a little less than 1.
        guard Double(spent + 1) <= Double(rule.floor) + rule.share * Double(requests) + 1e-9 else { return false }
        ring[current].spent += 1
        return true
    }

    /// The place of the time's slot, emptied if another time stood there. A clock before the start stands at it.
    private mutating func slot(_ now: ContinuousClock.Instant) -> Int {
        let number = Int64(max(0, start.duration(to: now) / (rule.window / Self.slots)))
        let index = Int(number % Int64(Self.slots))
        if ring[index].number != number { ring[index] = Slot(number: number) }
        return index
    }
}
