import Foundation
import GatewayTesting
import Testing

@testable import Routing

@Suite("Chances of targets")
struct ProbabilityMatchingTests {
    private typealias Score = (mean: Double, deviation: Double)

    /// Of two independent normal values the first is larger with Φ(Δ ÷ √(s² + t²)).
    private func larger(_ one: Score, _ other: Score) -> Double {
        let deviation = (one.deviation * one.deviation + other.deviation * other.deviation).squareRoot()
        return 0.5 * erfc(-(one.mean - other.mean) / deviation / 2.0.squareRoot())
    }

    @Test("Of two targets each is as likely as it is the better one, by the closed form")
    func two() {
        for (gap, deviations) in [(0.0, (0.1, 0.1)), (0.05, (0.1, 0.1)), (0.3, (0.2, 0.2)), (-0.1, (0.1, 0.2))] {
            let scores = [(0.5 + gap, deviations.0), (0.5, deviations.1)]
            let chances = ProbabilityMatching.chances(of: scores, floor: 0)
            #expect(abs(chances[0] - larger(scores[0], scores[1])) < 2e-3, "\(gap), \(deviations)")
        }
        // Where one is known far better than the other, the other's step lies between two nodes.
        let scores = [(0.55, 0.01), (0.5, 0.2)]
        let chances = ProbabilityMatching.chances(of: scores, floor: 0)
        #expect(abs(chances[0] - larger(scores[0], scores[1])) < 0.03)
    }

    @Test("Of four targets each is as likely as it wins when values of all are drawn")
    func four() {
        let scores = [(0.6, 0.1), (0.55, 0.15), (0.5, 0.05), (0.3, 0.3)]
        var generator = SeededGenerator(seed: 11)
        var wins = [0, 0, 0, 0]
        let rounds = 20_000
        for _ in 0..<rounds {
            let values = scores.map { $0.0 + $0.1 * Normal.draw(using: &generator) }
            if let best = values.indices.max(by: { values[$0] < values[$1] }) { wins[best] += 1 }
        }
        let chances = ProbabilityMatching.chances(of: scores, floor: 0)
        for (chance, count) in zip(chances, wins) {
            // Four deviations of such a share are 0.014.
            #expect(abs(chance - Double(count) / Double(rounds)) < 0.03, "\(chances) and \(wins)")
        }
    }

    @Test("No chance is below the floor, and their sum is 1, whatever is known", arguments: [1, 2, 3, 5, 16])
    func floor(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        for round in 0..<200 {
            let scores = (0..<count).map { _ -> Score in
                let spread = [0, 1e-9, 0.1, 10][Int.random(in: 0..<4, using: &generator)]
                return (Double.random(in: -2...2, using: &generator), spread)
            }
            let floor = [0, 0.02, 0.2, 5, -1][round % 5]
            let chances = ProbabilityMatching.chances(of: scores, floor: floor)
            #expect(abs(chances.reduce(0, +) - 1) < 1e-9)
            let least = min(max(floor, 0), 1 / Double(count))
            #expect(chances.allSatisfy { $0 >= least - 1e-12 && $0 <= 1 + 1e-12 }, "\(chances) of \(scores)")
        }
    }

    @Test("Numbers that are none make all chances equal")
    func broken() {
        #expect(ProbabilityMatching.chances(of: [(.nan, 0.1), (0.5, 0.1)], floor: 0.02) == [0.5, 0.5])
        #expect(ProbabilityMatching.chances(of: [(0.5, .infinity), (0.5, .nan)], floor: .nan) == [0.5, 0.5])
        #expect(ProbabilityMatching.chances(of: [], floor: 0.1).isEmpty)
    }
}
