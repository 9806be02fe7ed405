import GatewayCore
import Testing

@testable import Routing

@Suite("A fleet leaves a failing target and takes it back", .timeLimit(.minutes(2)))
struct FailingTargetTests {
    private static let seeds: [UInt64] = [1, 2, 3]

    @Test("A target that stops to answer takes less than a second of the fleet's traffic", arguments: seeds)
    func outage(seed: UInt64) {
        let rate = 100.0
        var broken = SimulatedTarget(name: "a")
        broken.failureChance = { $0 >= 70 ? 1 : 0 }
        let fleet = FleetSimulation(
            replicas: 4, targets: [broken, SimulatedTarget(name: "b"), SimulatedTarget(name: "c")],
            rule: RouteRule(.weighted), rate: { _ in rate }, seed: seed)
        fleet.run(seconds: 85)
        let lost = fleet.calls.filter { $0.target == 0 && $0.time >= 70 && $0.kind == .regular }
        // A second of its share is a third of 100 requests.
        #expect(lost.count < Int(rate / 3), "seed \(seed)")
        let last = lost.map(\.time).max() ?? 70
        #expect(last < 71, "seed \(seed): \(last)")
        #expect(fleet.unanswered == 0)
    }

    @Test("One that fails in half of the cases while old answers still end well is left within a second, too",
        arguments: seeds)
    func halfOutage(seed: UInt64) {
        var broken = SimulatedTarget(name: "a")
        broken.failureChance = { $0 >= 70 ? 0.5 : 0 }
        let fleet = FleetSimulation(
            replicas: 4, targets: [broken, SimulatedTarget(name: "b")], rule: RouteRule(.weighted),
            rate: { _ in 100 }, seed: seed)
        fleet.run(seconds: 80)
        let opened = fleet.calls.filter { $0.target == 0 && $0.time >= 70 && $0.kind == .regular }.map(\.time).max()
        #expect((opened ?? 70) < 71, "seed \(seed): \(opened ?? 0)")
    }

    @Test("A target that fails now and then is not left", arguments: seeds)
    func noise(seed: UInt64) {
        var noisy = SimulatedTarget(name: "a")
        noisy.failureChance = { _ in 0.02 }
        let fleet = FleetSimulation(
            replicas: 4, targets: [noisy, SimulatedTarget(name: "b")], rule: RouteRule(.weighted),
            rate: { _ in 50 }, seed: seed)
        fleet.run(seconds: 360)
        #expect(fleet.calls.count { $0.kind != .regular && $0.time > 60 } == 0, "seed \(seed)")
        // Each failure is a retry at the other one: 1 % more calls than a half there.
        #expect(abs(fleet.share(of: 0, from: 60, to: 360) - 0.495) < 0.01)
    }

    @Test("A target that is well again has its share back by itself; until then the fleet sends one probe at a time")
    func recovery() {
        var broken = SimulatedTarget(name: "a")
        broken.failureChance = { $0 >= 60 && $0 < 200 ? 1 : 0 }
        let fleet = FleetSimulation(
            replicas: 4, targets: [broken, SimulatedTarget(name: "b")], rule: RouteRule(.weighted),
            rate: { _ in 50 }, seed: 7)
        fleet.run(seconds: 500)
        let probes = fleet.calls.filter { $0.target == 0 && $0.kind != .regular }
        // 10, 20, 40 and 80 s after 60 s, each a moment late: 70, 90, 130, 210.
        #expect(probes.count == 4)
        for (probe, due) in zip(probes, [70.0, 90, 130, 210]) { #expect(abs(probe.time - due) < 2.5) }
        #expect(fleet.share(of: 0, from: 230, to: 500) > 0.48)
        #expect(fleet.unanswered == 0)
    }

    @Test("With the store gone each replica still leaves the target by its own calls")
    func withoutStore() {
        var broken = SimulatedTarget(name: "a")
        broken.failureChance = { $0 >= 60 ? 1 : 0 }
        let fleet = FleetSimulation(
            replicas: 4, targets: [broken, SimulatedTarget(name: "b")], rule: RouteRule(.weighted),
            rate: { _ in 100 }, seed: 8)
        fleet.isStoreUp = { $0 < 50 }
        fleet.run(seconds: 69)
        let lost = fleet.calls.filter { $0.target == 0 && $0.time >= 60 }
        #expect(lost.count < 4 * 12)
        #expect(fleet.unanswered == 0)
    }

    @Test("In an outage of its only target a route makes one attempt for a request, and two at once for a replica")
    func onlyTarget() {
        var broken = SimulatedTarget(name: "a")
        broken.failureChance = { $0 >= 60 && $0 < 120 ? 1 : 0 }
        // It hangs: each failure takes half a minute to show.
        broken.failureTime = 30
        let fleet = FleetSimulation(
            replicas: 4, targets: [broken], rule: RouteRule(.priority), rate: { _ in 20 }, seed: 9)
        fleet.run(seconds: 400)
        #expect(fleet.attemptsInVain.max() == 1)
        // The first ones to fail come back at 90 s. From then on at most two for each replica and one probe hang.
        let hanging = fleet.calls(of: 0, from: 92, to: 120)
        #expect(hanging <= 4 * 2 + 2, "\(hanging)")
        #expect(fleet.share(of: 0, from: 160, to: 400) == 1)
        #expect(fleet.calls(of: 0, from: 200, to: 400) > 3_500)
    }
}
