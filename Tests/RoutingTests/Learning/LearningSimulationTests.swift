import GatewayCore
import Testing

@testable import Routing

/// Truths are known here, so that regret is counted by expectation and not by luck.
@Suite("Learning, simulated", .timeLimit(.minutes(5)))
struct LearningSimulationTests {
    /// Each of two targets is good at its own kind of request; the third is fair at both.
    private let split = [[0.9, 0.3, 0.6], [0.3, 0.9, 0.6]]

    @Test("It finds the best target of each kind of request, which no fixed target is", arguments: [1, 2, 3])
    func context(seed: UInt64) {
        var world = LearningWorld(truth: split, seed: seed)
        world.run(2_400)
        let (first, last) = (world.means(0..<800), world.means(1_600..<2_400))
        // What the floor costs: each of the two others is drawn with 0.02. The rest is doubt that is left.
        let ceiling = 0.96 * 0.9 + 0.02 * (0.3 + 0.6)
        #expect(abs(last.best - 0.9) < 1e-9)
        #expect(last.own > ceiling - 0.04, "\(last)")
        #expect(last.own <= ceiling + 1e-9)
        #expect(last.own > last.fixed + 0.2)
        // Regret does not go on as it began.
        #expect(last.best - last.own < 0.5 * (first.best - first.own))
    }

    @Test("It learns from a judgment of every tenth answer, too")
    func sparse() {
        var world = LearningWorld(truth: split, seed: 4)
        world.run(6_000, judged: 0.1)
        let last = world.means(5_000..<6_000)
        #expect(last.own > last.fixed + 0.1, "\(last)")
    }

    @Test("A dear target is taken where it is better by more than its price, and not elsewhere")
    func price() {
        // Hard requests need the dear one; for easy ones it is better by 0.05, and its price weighs 0.2 × 0.9.
        let truth = [[0.30, 0.9], [0.85, 0.9]]
        var world = LearningWorld(truth: truth, prices: [10, 100], seed: 5)
        world.run(2_400)
        let last = world.means(1_600..<2_400)
        #expect(last.best > last.fixed + 0.05)
        #expect(last.best - last.own < 0.05, "\(last)")
    }

    @Test("Every target keeps the chance of the floor, whatever was learned")
    func floor() {
        var world = LearningWorld(truth: [[1, 0, 0, 0]], seed: 6)
        world.run(800)
        #expect(world.rounds.allSatisfy { $0.chances.allSatisfy { $0 >= 0.02 - 1e-12 } })
        #expect(world.rounds.last.map { $0.chances[0] > 0.9 } ?? false)
    }

    @Test("When the truth changes, it is followed; without fading it is not in that time")
    func drift() {
        func run(_ halfLife: Duration) -> Double {
            var world = LearningWorld(truth: [[0.9, 0.4]], seed: 7, halfLife: halfLife)
            world.run(1_600)
            world.truth = [[0.1, 0.6]]
            world.run(1_600)
            return world.means(2_800..<3_200).own
        }
        // One request a second: of 1,600 judgments a half-life of 200 s leaves 288 at once.
        let (fading, lasting) = (run(.seconds(200)), run(.seconds(1e6)))
        let ceiling = 0.98 * 0.6 + 0.02 * 0.1
        #expect(fading > ceiling - 0.06, "\(fading)")
        #expect(fading > lasting)
    }

    /// Eight tenants, of which one lies ten times as often as all others speak, always against the first target.
    private func poisoned(_ truth: [Double], tenants: Int = 8, rounds: Int) -> Double {
        let bad = TenantID("bad")
        var world = LearningWorld(truth: [truth], seed: 8, tenants: tenants)
        var turn = 0
        world.run(rounds, judged: 1) { target, score in
            turn += 1
            let honest = (TenantID("good\(turn % 7)"), score)
            return [honest] + (0..<10).map { _ in (bad, target == 0 ? 0 : 1) }
        }
        return world.means(rounds * 3 / 4..<rounds).own
    }

    @Test("One tenant of eight that lies ten times as often as all others speak does not turn the choice")
    func poison() {
        // With a quarter of what is said of each, they are still seen as 0.68 and 0.48.
        #expect(poisoned([0.9, 0.3], rounds: 1_600) > 0.95 * 0.9 + 0.05 * 0.3)
        // Without the cap the lie wins: what is tested above is the cap.
        #expect(poisoned([0.9, 0.3], tenants: 1, rounds: 1_600) < 0.4)
    }

    /// A part s of the word turns a choice where qualities lie nearer than s ÷ (1 − s), a third for a quarter: against
    /// that no cap of a quarter helps. These are seen as 0.6 and 0.55, just beyond.
    @Test("Nor does it where the targets lie almost as near as a quarter of the word can turn")
    func hardPoison() {
        let own = poisoned([0.8, 0.4], rounds: 4_800)
        // The better target keeps more than three of four requests.
        #expect(own > 0.75 * 0.8 + 0.25 * 0.4, "\(own)")
    }
}
