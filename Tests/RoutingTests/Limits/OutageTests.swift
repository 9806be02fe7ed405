import GatewayCore
import GatewayTesting
import Logging
import Testing

@testable import Routing

@Suite("Four replicas through an outage")
struct OutageTests {
    private static let limit = 300

    @Test(
        "No 60 seconds hold more than the limit and what a replica had not used of its share when the store went away",
        arguments: [1, 2, 3, 4] as [UInt64], [false, true])
    func outage(seed: UInt64, forgets: Bool) async throws {
        var generator = SeededGenerator(seed: seed)
        let clock = SettableClock(LimitStoreSuite.start)
        let origin = ContinuousClock.now
        let shared = AwayLimitStore { clock.now }
        let replicas = LiveReplicas()
        replicas.update(4)
        let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let stores = (0..<4).map { _ in
            FallbackLimitStore(
                shared: shared, replicas: replicas, logger: silent,
                clock: LimitClock(wall: { clock.now }, steady: { origin + (clock.now - LimitStoreSuite.start) }))
        }
        var limits = Limits()
        limits.requests = Self.limit
        // Away from 2 min to 4 min of ten; traffic is twice the limit.
        let arrivals = LimitTraffic.steady.arrivals(limit: Self.limit, seconds: 600, tokens: 1...1, seed: seed)
        var log = ExactLimitLog()
        var last = 0
        var (alone, late) = (0, 0)
        var recent = [[Int]](repeating: [], count: 4)
        for (index, arrival) in arrivals.enumerated() {
            clock.advance(by: .milliseconds(arrival.milliseconds - last))
            last = arrival.milliseconds
            if last >= 120_000, last < 240_000 { shared.goAway() } else { shared.comeBack(empty: false) }
            if forgets, last >= 240_000, late == 0 { shared.comeBack(empty: true) }
            let request = PickRequest(
                lease: LeaseID("\(index)"), inputTokens: 1, outputTokens: 0,
                candidates: [.init(DeploymentID("d"), limits: limits)])
            let replica = Int.random(in: 0..<4, using: &generator)
            if last >= 240_000 { late += 1 }
            guard case .granted = try await stores[replica].pick(request) else { continue }
            log.admit(1, at: last)
            if last < 120_000 { recent[replica].append(last) }
            if last >= 180_000, last < 240_000 { alone += 1 }
        }
        let unused = recent.map { max(0, 67 - $0.count { $0 > 60_000 }) }.reduce(0, +)
        #expect(log.peak <= Self.limit + unused, "seed \(seed): \(log.peak)")
        // In the second minute alone all shares are used: 4 × 67.
        #expect(alone >= 260 && alone <= 270, "seed \(seed): \(alone)")
        // All in all at least 90 % of ten minutes.
        #expect(log.total >= 2_700, "seed \(seed): \(log.total)")
    }
}
