import GatewayCore
import GatewayTesting
import Testing

@testable import Routing

@Suite("Targets in the order of what was learned")
struct LearnedOrderTests {
    private func candidate(
        _ name: String, quality: Double, deviation: Double = 0.01, price: Int64? = nil, weight: Double = 1
    ) -> StrategyCandidate {
        var candidate = StrategyCandidate(DeploymentID(name))
        candidate.learned = LearnedScore(quality: quality, deviation: deviation)
        candidate.price = price
        candidate.weight = weight
        return candidate
    }

    @Test("A target is worth its quality, less the weighted share of the dearest one's price")
    func worth() {
        var rule = LearningRule()
        rule.costWeight = 0.5
        let order = LearnedOrder(rule: rule)
        let figures = order.figures([
            candidate("a", quality: 0.9, price: 100), candidate("b", quality: 0.7, price: 20),
            candidate("c", quality: 0.8),
        ])
        #expect(figures.map { ($0.worth * 1000).rounded() } == [400, 600, 300])
        let free = order.figures([candidate("a", quality: 0.9), candidate("b", quality: 0.7)])
        #expect(free.map(\.worth) == [0.9, 0.7])
    }

    @Test("The share of each first place is the chance that was written down, and none is below the floor")
    func shares() {
        var rule = LearningRule()
        rule.floor = 0.05
        let order = LearnedOrder(rule: rule)
        let candidates = [
            candidate("a", quality: 0.9), candidate("b", quality: 0.3), candidate("c", quality: 0.88, deviation: 0.05),
            candidate("d", quality: 0.2),
        ]
        var generator = SeededGenerator(seed: 9)
        var firsts = [0, 0, 0, 0]
        let rounds = 20_000
        for _ in 0..<rounds {
            let ranked = order.order(candidates, using: &generator)
            #expect(ranked.map(\.index).sorted() == [0, 1, 2, 3])
            firsts[ranked[0].index] += 1
            #expect(ranked[0].reason == (ranked[0].index == 0 ? .learned : .trial))
            #expect(ranked.dropFirst().allSatisfy { $0.reason == .outscored })
        }
        for (count, figures) in zip(firsts, order.figures(candidates)) {
            #expect(figures.chance >= 0.05 - 1e-12)
            let deviation = (figures.chance * (1 - figures.chance) / Double(rounds)).squareRoot()
            #expect(abs(Double(count) / Double(rounds) - figures.chance) < 5 * deviation)
        }
    }

    @Test("A target without weight is never drawn while another one has some, however good it was")
    func weightless() {
        let candidates = [candidate("a", quality: 1, weight: 0), candidate("b", quality: 0.1)]
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<200 {
            let ranked = LearnedOrder(rule: LearningRule()).order(candidates, using: &generator)
            #expect(ranked.map(\.index) == [1, 0])
            #expect(ranked[0].learned?.chance == 1)
        }
        let none = [candidate("a", quality: 1, weight: 0), candidate("b", quality: 0.1, weight: 0)]
        #expect(LearnedOrder(rule: LearningRule()).figures(none).allSatisfy { $0.chance > 0 })
    }
}
