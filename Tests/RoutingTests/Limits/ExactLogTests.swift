import GatewayCore
import GatewayTesting
import Testing

@testable import Routing

@Suite("Limits against an exact log")
struct ExactLogTests {
    private static let seeds: ClosedRange<UInt64> = 1...6
    private static let minutes = 15

    /// Admits by a ledger with simulated time.
    private func admitted(_ arrivals: [LimitTraffic.Arrival], _ limits: Limits, byTokens: Bool) -> ExactLimitLog {
        var ledger = LimitLedger()
        var log = ExactLimitLog()
        let candidate = PickRequest.Candidate(DeploymentID("d"), limits: limits)
        let start = Double(LimitStoreSuite.start.milliseconds)
        for (index, arrival) in arrivals.enumerated() {
            let request = PickRequest(
                lease: LeaseID("\(index)"), inputTokens: arrival.tokens, outputTokens: 0, candidates: [candidate])
            guard case .granted = ledger.pick(request, now: start + Double(arrival.milliseconds)) else { continue }
            log.admit(byTokens ? arrival.tokens : 1, at: arrival.milliseconds)
        }
        return log
    }

    @Test(
        "No 60 seconds hold more than the limit, and at least 93 % of what a perfect memory would admit is admitted",
        arguments: LimitTraffic.allCases, [false, true])
    func peaks(traffic: LimitTraffic, byTokens: Bool) {
        var limits = Limits()
        // 300 calls a minute, or tokens for about as many.
        let limit = byTokens ? 150_000 : 300
        if byTokens { limits.totalTokens = limit } else { limits.requests = limit }
        var (admittedTotal, exactTotal) = (0, 0)
        for seed in Self.seeds {
            let arrivals = traffic.arrivals(limit: 300, seconds: Self.minutes * 60, tokens: 1...1_000, seed: seed)
            let log = admitted(arrivals, limits, byTokens: byTokens)
            #expect(log.peak <= limit, "seed \(seed): \(log.peak) in 60 seconds")
            admittedTotal += log.total
            exactTotal += ExactLimitLog.admitted(of: arrivals, limit: limit) { byTokens ? $0.tokens : 1 }.total
        }
        let use = Double(admittedTotal) / Double(exactTotal)
        #expect(use >= 0.93, "\(use) of the exact log's")
    }
}
