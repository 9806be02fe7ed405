import GatewayTesting
import Testing

@testable import SemanticCache

@Suite("Drawing hits to be looked into")
struct AuditSamplerTests {
    private static let risks = [0.001, 0.01, 0.1, 0.3]
    private static let seed: UInt64 = 20_261_122

    /// Draws from hits of mixed risk; how many came and were taken of each risk.
    private func simulate(rate: Double, hits: Int) -> (came: [Double: Int], taken: [Double: Int]) {
        var sampler = AuditSampler(rate: rate)
        var generator = SeededGenerator(seed: Self.seed)
        var (came, taken): ([Double: Int], [Double: Int]) = ([:], [:])
        for _ in 0..<hits {
            let risk = Self.risks[Int.random(in: 0..<Self.risks.count, using: &generator)]
            came[risk, default: 0] += 1
            if sampler.takes(risk: risk, draw: Double.random(in: 0..<1, using: &generator)) {
                taken[risk, default: 0] += 1
            }
        }
        return (came, taken)
    }

    @Test("Hits are drawn in proportion to the standard deviation of their outcome, and on average at the rate")
    func followsUncertainty() throws {
        let (came, taken) = simulate(rate: 0.05, hits: 200_000)
        let shares = try Self.risks.map { risk in
            Double(try #require(taken[risk])) / Double(try #require(came[risk]))
        }
        let deviations = Self.risks.map { ($0 * (1 - $0)).squareRoot() }
        for (share, deviation) in zip(shares, deviations) {
            let wanted = shares[3] * deviation / deviations[3]
            #expect(abs(share / wanted - 1) < 0.15, "\(share) instead of \(wanted), seed \(Self.seed)")
        }
        let all = Double(taken.values.reduce(0, +)) / 200_000
        #expect(abs(all - 0.05) < 0.003, "\(all), seed \(Self.seed)")
    }

    @Test("However doubtful hits become, no more are drawn than the rate and the first allowance give")
    func neverAboveBudget() {
        var sampler = AuditSampler(rate: 0.01)
        var generator = SeededGenerator(seed: Self.seed)
        var taken = 0
        for hit in 1...50_000 {
            // Sure ones first, which let the factor rise, then only doubtful ones.
            let risk = hit < 20_000 ? 0.0005 : 0.5
            taken += sampler.takes(risk: risk, draw: Double.random(in: 0..<1, using: &generator)) ? 1 : 0
            #expect(Double(taken) <= AuditSampler.burst + 0.01 * Double(hit), "at hit \(hit), seed \(Self.seed)")
        }
        #expect(taken > 400)
    }

    @Test("Without a rate nothing is drawn, and what is no number of a risk is as doubtful as can be")
    func edges() {
        var sampler = AuditSampler(rate: 0)
        let isTaken = sampler.takes(risk: 0.5, draw: 0)
        #expect(!isTaken)
        let other = AuditSampler(rate: 0.01)
        #expect(other.probability(risk: .nan) == other.probability(risk: 0.5))
        #expect(AuditSampler(rate: 1).probability(risk: 0.5) == 1)
    }
}
