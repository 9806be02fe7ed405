import GatewayTesting
import Testing

@testable import Routing

@Suite("The budget of calls behind the first")
struct RetryBudgetTests {
    private let start = ContinuousClock.now

    private func rule(share: Double = 0.1, floor: Int = 3, window: Duration = .seconds(10)) -> RetryBudgetRule {
        var rule = RetryBudgetRule()
        rule.share = share
        rule.floor = floor
        rule.window = window
        return rule
    }

    private func verify(
        _ budget: inout RetryBudget, _ now: ContinuousClock.Instant, _ expected: Bool,
        at place: SourceLocation = #_sourceLocation
    ) {
        let isGranted = budget.spend(now: now)
        #expect(isGranted == expected, sourceLocation: place)
    }

    @Test("A few are always allowed, and one more for every ten requests")
    func share() {
        var budget = RetryBudget(rule(), start: start)
        for _ in 0..<3 { verify(&budget, start, true) }
        verify(&budget, start, false)
        for _ in 0..<9 { budget.count(now: start) }
        verify(&budget, start, false)
        budget.count(now: start)
        verify(&budget, start, true)
        verify(&budget, start, false)
    }

    @Test("What is older than the window counts no more, for either side")
    func window() {
        var budget = RetryBudget(rule(), start: start)
        for _ in 0..<100 { budget.count(now: start) }
        for _ in 0..<13 { verify(&budget, start, true) }
        verify(&budget, start + .milliseconds(9_999), false)
        for _ in 0..<3 { verify(&budget, start + .seconds(10), true) }
        verify(&budget, start + .seconds(10), false)
        verify(&budget, start + .seconds(10_000_000), true)
    }

    @Test("A budget of nothing allows nothing, and a clock in front of the start does no harm")
    func nothing() {
        var budget = RetryBudget(rule(share: 0, floor: 0), start: start)
        budget.count(now: start)
        verify(&budget, start, false)
        var early = RetryBudget(rule(), start: start)
        verify(&early, start - .seconds(100), true)
    }

    @Test("In an outage there are never more than the share and the floor in any window", arguments: [1, 2, 3] as [UInt64])
    func storm(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var budget = RetryBudget(rule(), start: start)
        var now = start
        var requests: [ContinuousClock.Instant] = []
        var retries: [ContinuousClock.Instant] = []
        for _ in 0..<20_000 {
            now += .milliseconds(Int.random(in: 0...20, using: &generator))
            budget.count(now: now)
            requests.append(now)
            // Each request would like three more calls.
            for _ in 0..<3 where budget.spend(now: now) { retries.append(now) }
        }
        // Windows that end with a slot: what the rule is about.
        var (firstRequest, firstRetry, checked) = (0, 0, 0)
        for (index, retry) in retries.enumerated() {
            let number = Int(start.duration(to: retry) / .seconds(1))
            let begin = start + .seconds(number - 9)
            while requests[firstRequest] < begin { firstRequest += 1 }
            while retries[firstRetry] < begin { firstRetry += 1 }
            let asked = requests[firstRequest...].prefix { $0 <= retry }.count
            try #require(Double(index - firstRetry + 1) <= 3 + 0.1 * Double(asked) + 1e-6, "seed \(seed)")
            checked += 1
        }
        #expect(checked > 1_000)
    }
}
