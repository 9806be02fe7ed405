import GatewayCore
import Testing

@testable import Routing

@Suite("Strategies in simulated traffic", .timeLimit(.minutes(3)))
struct StrategySimulationTests {
    /// Its tokens take five times as long from 300 s to 900 s of simulated time.
    private static func slowing(_ name: String) -> SimulatedTarget {
        var target = SimulatedTarget(name: name)
        target.perToken = { $0 >= 300 && $0 < 900 ? 0.1 : 0.02 }
        return target
    }

    private static let seeds: [UInt64] = [21, 22]

    @Test("The latency strategy leaves a target whose tokens take five times as long, and takes it back", arguments: seeds)
    func latency(seed: UInt64) {
        let fleet = FleetSimulation(
            replicas: 4, targets: [Self.slowing("a"), SimulatedTarget(name: "b"), SimulatedTarget(name: "c")],
            rule: RouteRule(.latency()), rate: { _ in 10 }, seed: seed)
        fleet.run(seconds: 1_500)
        #expect(abs(fleet.share(of: 0, from: 60, to: 300) - 1 / 3.0) < 0.05, "seed \(seed)")
        // Left within three minutes: from then on only single requests ask how it is.
        #expect(fleet.share(of: 0, from: 480, to: 900) < 0.03, "seed \(seed)")
        #expect(abs(fleet.share(of: 0, from: 1_140, to: 1_500) - 1 / 3.0) < 0.05, "seed \(seed)")
    }

    @Test("With weights and the cutoff the slow target is left and taken back as well", arguments: seeds)
    func cutoff(seed: UInt64) {
        var rule = RouteRule(.weighted)
        var cutoff = SpeedCutoff()
        cutoff.medianFactor = 2.5
        rule.cutoff = cutoff
        let fleet = FleetSimulation(
            replicas: 4, targets: [Self.slowing("a"), SimulatedTarget(name: "b"), SimulatedTarget(name: "c")],
            rule: rule, rate: { _ in 10 }, seed: seed)
        fleet.run(seconds: 1_500)
        #expect(abs(fleet.share(of: 0, from: 60, to: 300) - 1 / 3.0) < 0.01, "seed \(seed)")
        #expect(fleet.share(of: 0, from: 480, to: 900) < 0.03, "seed \(seed)")
        #expect(abs(fleet.share(of: 0, from: 1_140, to: 1_500) - 1 / 3.0) < 0.01, "seed \(seed)")
    }

    @Test("Weights are kept within one percent by replicas that know nothing of each other", arguments: seeds)
    func weighted(seed: UInt64) {
        var targets = ["a", "b", "c"].map { SimulatedTarget(name: $0) }
        for (index, weight) in [50.0, 30, 20].enumerated() { targets[index].weight = weight }
        let fleet = FleetSimulation(
            replicas: 4, targets: targets, rule: RouteRule(.weighted), rate: { _ in 50 }, seed: seed)
        fleet.run(seconds: 120)
        for (index, share) in [0.5, 0.3, 0.2].enumerated() {
            #expect(abs(fleet.share(of: index, from: 0, to: 120) - share) < 0.01, "seed \(seed)")
        }
    }

    @Test("Least busy keeps as many calls under way at a target four times slower, and so gives it a quarter", arguments: seeds)
    func leastBusy(seed: UInt64) {
        var slow = SimulatedTarget(name: "a")
        slow.firstToken = { _ in 2 }
        slow.perToken = { _ in 0.08 }
        let fleet = FleetSimulation(
            replicas: 2, targets: [slow, SimulatedTarget(name: "b")], rule: RouteRule(.leastBusy),
            rate: { _ in 20 }, seed: seed)
        fleet.run(seconds: 400)
        let ratio = Double(fleet.inFlightSums[0]) / Double(fleet.inFlightSums[1])
        #expect(abs(ratio - 1) < 0.1, "seed \(seed): \(ratio)")
        #expect(abs(fleet.share(of: 0, from: 100, to: 400) - 0.2) < 0.02, "seed \(seed)")
    }

    @Test("In a burst the fastest target has no more than its share of what is under way", arguments: seeds)
    func hotspot(seed: UInt64) {
        var slow = SimulatedTarget(name: "b")
        slow.perToken = { _ in 0.03 }
        var other = slow
        other = SimulatedTarget(name: "c")
        other.perToken = { _ in 0.03 }
        let targets = [SimulatedTarget(name: "a"), slow, other]
        func peaks(_ rule: RouteRule) -> [Double] {
            let fleet = FleetSimulation(
                replicas: 1, targets: targets, rule: rule, rate: { $0 >= 100 && $0 < 110 ? 100 : 2 }, seed: seed)
            fleet.run(seconds: 110)
            let total = Double(max(fleet.inFlight.reduce(0, +), 1))
            return fleet.inFlight.map { Double($0) / total }
        }
        #expect(peaks(RouteRule(.latency()))[0] > 0.9, "seed \(seed)")
        let limited = peaks(RouteRule(.latency(), shareLimit: ShareLimit(share: 0.5)))
        #expect(limited[0] <= 0.52, "seed \(seed): \(limited)")
        #expect(limited[1] > 0.1 && limited[2] > 0.1, "seed \(seed): \(limited)")
    }

    @Test("The cheapest good target has all requests while it is well, and the next cheapest while it is not")
    func cheapest() {
        var broken = SimulatedTarget(name: "a")
        broken.failureChance = { $0 >= 100 && $0 < 130 ? 1 : 0 }
        let fleet = FleetSimulation(
            replicas: 4, targets: [broken, SimulatedTarget(name: "b"), SimulatedTarget(name: "c")],
            rule: RouteRule(.cheapest(leastQuality: 0.6)), rate: { _ in 20 }, seed: 30)
        fleet.amend = { candidate, _ in
            let facts: [String: (Int64, Double)] = ["a": (20, 0.7), "b": (30, 0.8), "c": (5, 0.3)]
            guard let (price, quality) = facts[candidate.deployment.description] else { return }
            (candidate.price, candidate.quality) = (price, quality)
        }
        fleet.run(seconds: 300)
        #expect(fleet.share(of: 0, from: 0, to: 100) == 1)
        #expect(fleet.share(of: 1, from: 101, to: 130) > 0.97)
        #expect(fleet.share(of: 0, from: 145, to: 300) == 1)
        #expect(fleet.calls(of: 2, from: 0, to: 300) == 0)
        #expect(fleet.unanswered == 0)
    }
}
