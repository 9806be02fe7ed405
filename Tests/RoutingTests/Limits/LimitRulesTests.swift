import Foundation
import GatewayCore
import GatewayTesting
import Testing

@testable import Routing

@Suite("Rules of limits")
struct LimitRulesTests {
    @Test("Five failures within a second open the breaker, spread ones do not; a success forgets them")
    func breaker() {
        let start = ContinuousClock.now
        var breaker = LimitBreaker()
        func failed(_ instant: ContinuousClock.Instant) -> Bool { breaker.failed(at: instant) }
        func admits(_ instant: ContinuousClock.Instant) -> Bool { breaker.admits(at: instant) }
        func succeeded() -> Bool { breaker.succeeded() }
        for step in 0..<20 {
            #expect(!failed(start + .milliseconds(251 * step)), "no five of these are in one second")
        }
        let later = start + .seconds(10)
        for _ in 0..<4 { #expect(!failed(later)) }
        #expect(!succeeded())
        for _ in 0..<4 { #expect(!failed(later)) }
        #expect(breaker.standing == .healthy && admits(later))
        #expect(failed(later))
        #expect(!failed(later), "it is open already")
        #expect(!admits(later + .milliseconds(999)))
        #expect(admits(later + .seconds(1)))
        #expect(!admits(later + .milliseconds(1_999)))
        #expect(breaker.standing == .away)
        #expect(succeeded())
        #expect(breaker.standing == .healthy && admits(later + .milliseconds(1_999)))
    }

    @Test("A share is the limit by the replicas less a tenth, and never less than one call that fits the whole")
    func share() {
        var whole = Limits()
        whole.requests = 1_000
        whole.inputTokens = 100
        whole.totalTokens = 5
        whole.requestsPerDay = 2
        whole.concurrency = 7
        let part = LimitShare(replicas: 4).limits(whole, input: 40, output: 2)
        #expect([part.requests, part.inputTokens, part.totalTokens] == [225, 40, 5])
        #expect([part.requestsPerDay, part.concurrency, part.outputTokens] == [1, 1, nil])
        #expect(LimitShare(replicas: 0).limits(whole, input: 0, output: 0).requests == 900)
        #expect(LimitShare(replicas: 2).budget(1_000, committed: 200) == 560)
        #expect(LimitShare(replicas: 2).budget(1_000, committed: 1_200) == 1_000)
        _ = LimitShare(replicas: 1).limits(whole, input: .max, output: .max)
    }

    @Test("Little left is told once a second for each deployment, a refusal unless one as long was told")
    func gate() {
        let start = ContinuousClock.now
        var gate = FeedbackGate()
        func admits(_ truth: ProviderTruth, at instant: ContinuousClock.Instant) -> Bool {
            gate.admits(truth, at: instant)
        }
        func truth(_ name: String, remaining: Int? = nil, block: Duration? = nil) -> ProviderTruth {
            var limits = Limits()
            limits.requests = 100
            return ProviderTruth(
                deployment: DeploymentID(name), limits: limits,
                blocks: block.map { [.init(.requests, wait: $0)] } ?? [],
                readings: remaining.map { [.init(.requests, remaining: $0, reset: .seconds(5))] } ?? [])
        }
        #expect(!admits(truth("a"), at: start))
        #expect(!admits(truth("a", remaining: 20), at: start))
        #expect(admits(truth("a", remaining: 19), at: start))
        #expect(!admits(truth("a", remaining: 1), at: start + .milliseconds(999)))
        #expect(admits(truth("b", remaining: 1), at: start))
        #expect(admits(truth("a", remaining: 1), at: start + .seconds(1)))
        #expect(admits(truth("a", block: .seconds(10)), at: start + .seconds(1)))
        #expect(!admits(truth("a", block: .seconds(10)), at: start + .milliseconds(1_200)))
        #expect(admits(truth("a", block: .seconds(20)), at: start + .milliseconds(1_200)))
        // Without a limit to compare with, only nothing is little; the header's own limit counts first.
        var unknown = truth("c", remaining: 5)
        unknown.limits = Limits()
        #expect(!admits(unknown, at: start))
        unknown.readings[0].limit = 50
        #expect(admits(unknown, at: start))
    }

    @Test("Months end where the calendar says, over four centuries")
    func months() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<5_000 {
            let seconds = Double.random(in: 0..<12_622_780_800, using: &generator).rounded(.down)
            let date = Date(timeIntervalSince1970: seconds)
            let month = try #require(calendar.dateInterval(of: .month, for: date))
            #expect(BudgetCalendar.end(of: .month, at: seconds * 1000) == month.end.timeIntervalSince1970 * 1000)
            let day = try #require(calendar.dateInterval(of: .day, for: date))
            #expect(BudgetCalendar.end(of: .day, at: seconds * 1000) == day.end.timeIntervalSince1970 * 1000)
        }
        #expect(BudgetCalendar.end(of: .total, at: 0) == .infinity)
    }

    @Test("Names that come and go leave nothing behind")
    func sweeps() {
        var ledger = LimitLedger()
        var limits = Limits()
        limits.requests = 5
        var now = Double(LimitStoreSuite.start.milliseconds)
        for number in 0..<2_000 {
            var request = PickRequest(
                lease: LeaseID("\(number)"), inputTokens: 1, outputTokens: 1,
                candidates: [.init(DeploymentID("d\(number)"), limits: limits)])
            request.scopes = [ScopeLimits(LimitScope(.key, "k\(number)"), limits: limits)]
            if case .granted(let grant) = ledger.pick(request, now: now) {
                ledger.settle(.used(grant.lease, inputTokens: 1, outputTokens: 1, nanodollars: 0), now: now)
            }
            now += 1_000
        }
        #expect(ledger.scopes.count < 130 && ledger.deployments.count < 130)
    }

    @Test("Numbers at the ends of their range do not trap")
    func extremes() {
        var ledger = LimitLedger()
        let now = Double(LimitStoreSuite.start.milliseconds)
        for value in [Int.max, Int.min, 0, -1, Limits.largestAmount] {
            var limits = Limits()
            limits.requests = value
            limits.totalTokens = value
            limits.tokensPerDay = value
            limits.concurrency = value
            for window in [LimitWindow.sliding, .bucket] {
                limits.window = window
                let candidate = PickRequest.Candidate(
                    DeploymentID("d"), tier: value, limits: limits, nanodollars: value)
                var request = PickRequest(
                    lease: LeaseID("\(value)\(window)"), inputTokens: value, outputTokens: value,
                    candidates: [candidate])
                let budget = HardBudget(.total, nanodollars: value)
                request.scopes = [ScopeLimits(LimitScope(.key, "k"), limits: limits, budgets: [budget])]
                request.softRatio = Double(value)
                for share in [nil, LimitShare(replicas: value)] {
                    guard case .granted(let grant) = ledger.pick(request, share: share, now: now) else { continue }
                    let settlement = Settlement.used(
                        grant.lease, inputTokens: value, outputTokens: value, nanodollars: value)
                    ledger.settle(settlement, share: share, now: now + 1)
                }
                let reading = ProviderTruth.Reading(.totalTokens, remaining: value, reset: .seconds(value))
                let block = ProviderTruth.Block(.requests, wait: .seconds(Int64(min(value, 5))))
                ledger.feedback(
                    ProviderTruth(
                        deployment: DeploymentID("d"), limits: limits, blocks: [block], readings: [reading],
                        uncounted: .seconds(value)),
                    share: LimitShare(replicas: 1), now: now)
            }
        }
    }
}
