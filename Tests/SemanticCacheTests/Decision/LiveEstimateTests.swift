import GatewayTesting
import Testing

@testable import SemanticCache

@Suite("The live estimate")
struct LiveEstimateTests {
    /// Hits of several risks, each wrong by its risk times a factor that is drawn from the estimate's prior; some are
    /// checked, the riskier the more often.
    private static func run(seed: UInt64, hits: Int) -> (estimate: LiveEstimate, wrong: Double) {
        var random = SeededGenerator(seed: seed)
        var estimate = LiveEstimate()
        var wrong = 0
        let risks = [0.002, 0.004, 0.01, 0.02, 0.04]
        let factor = Distributions.gammaQuantile(.random(in: 0..<1, using: &random), shape: 1.5) / 2.5
        for _ in 0..<hits {
            let place = Int.random(in: 0..<risks.count, using: &random)
            let isWrong = Double.random(in: 0..<1, using: &random) < risks[place] * factor
            if Double.random(in: 0..<1, using: &random) < ExplorationRate.rate(risk: risks[place]) {
                estimate.countCheck(risk: risks[place], isWrong: isWrong)
            } else {
                estimate.countHit(risk: risks[place])
                wrong += isWrong ? 1 : 0
            }
        }
        return (estimate, Double(wrong) / max(estimate.hits, 1))
    }

    @Test("The interval holds the truth in 93 to 97 of 100 runs", arguments: [1000, 5000, 20_000])
    func coverage(hits: Int) {
        let runs = 600
        let held = (0..<runs).count { seed in
            let (estimate, wrong) = Self.run(seed: UInt64(seed), hits: hits)
            guard let share = estimate.wrongShare else { return false }
            return wrong >= share.low && wrong <= share.high
        }
        #expect((0.93...0.97).contains(Double(held) / Double(runs)), "\(held) of \(runs)")
    }

    @Test("Exact hits only dilute, and no hits say nothing")
    func exact() {
        var estimate = LiveEstimate()
        #expect(estimate.wrongShare == nil)
        estimate.countExactHit()
        #expect(estimate.wrongShare.map { $0.high == 0 } == true)
        estimate.countHit(risk: 0.01)
        let alone = estimate.wrongShare?.estimate ?? 0
        for _ in 0..<8 { estimate.countExactHit() }
        #expect(abs((estimate.wrongShare?.estimate ?? 0) - alone / 5) < 1e-12)
    }

    @Test("Estimates of two replicas add up to that of one that saw both")
    func merge() {
        var (one, other, both) = (LiveEstimate(), LiveEstimate(), LiveEstimate())
        for place in 0..<100 {
            let risk = Double(place % 7) * 0.01
            if place % 2 == 0 {
                one.countHit(risk: risk)
                both.countHit(risk: risk)
            } else {
                other.countCheck(risk: risk, isWrong: place % 3 == 0)
                both.countCheck(risk: risk, isWrong: place % 3 == 0)
            }
        }
        one.merge(other)
        #expect(abs((one.wrongShare?.estimate ?? 0) - (both.wrongShare?.estimate ?? 1)) < 1e-12)
    }
}
