import GatewayTesting
import Testing

@testable import SemanticCache

@Suite("Drift")
struct DriftMonitorTests {
    /// Labels until the alarm; nil without one.
    private static func alarm(after labels: Int, factor: Double, seed: UInt64) -> Int? {
        var random = SeededGenerator(seed: seed)
        var monitor = DriftMonitor()
        for label in 0..<labels {
            let risk = Double.random(in: 0.01..<0.5, using: &random)
            let isWrong = Double.random(in: 0..<1, using: &random) < min(risk * factor, 1)
            if monitor.add(risk: risk, isWrong: isWrong) { return label }
        }
        return nil
    }

    @Test("Where the curve is right, 5,000 labels raise an alarm in at most 1 of 20 runs")
    func quiet() {
        let alarms = (0..<100).count { Self.alarm(after: 5000, factor: 1, seed: UInt64($0)) != nil }
        #expect(alarms <= 5, "\(alarms) of 100")
    }

    @Test("Twice as many wrong labels are found within 200 of them")
    func found() {
        let found = (0..<100).count { Self.alarm(after: 200, factor: 2, seed: UInt64(1000 + $0)) != nil }
        #expect(found >= 95, "\(found) of 100")
    }

    @Test("Hopeless candidates say nothing")
    func hopeless() {
        var monitor = DriftMonitor()
        var alarms = 0
        for risk in Array(repeating: 0.9, count: 1000) + [.nan, -1] where monitor.add(risk: risk, isWrong: true) {
            alarms += 1
        }
        #expect(alarms == 0)
        #expect(monitor == DriftMonitor())
    }
}
