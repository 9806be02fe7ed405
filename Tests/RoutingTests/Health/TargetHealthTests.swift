import GatewayCore
import GatewayTesting
import Testing

@testable import Routing

@Suite("The health of one target")
struct TargetHealthTests {
    private let rules = HealthRules()
    private let a = DeploymentID("a")
    private let start: Int64 = 1_000_000_000

    private func report(_ requests: Int64 = 0, failed failures: Int64 = 0) -> HealthReport {
        var report = HealthReport(deployment: a, keyMark: "k")
        report.requests = requests
        report.failures = failures
        return report
    }

    private func probe(_ end: HealthReport.ProbeEnd, lease: String) -> HealthReport {
        var report = report(end == .failed ? 1 : 0, failed: end == .failed ? 1 : 0)
        report.probe = end
        report.lease = lease
        return report
    }

    private func claim(_ lease: String, _ claim: HealthReport.Claim = .due) -> HealthReport {
        var report = report()
        report.claim = claim
        report.lease = lease
        return report
    }

    /// Records at the given second.
    private func record(_ health: inout TargetHealth, _ report: HealthReport, at second: Double) -> HealthRow {
        health.record(report, rules: rules, now: start + Int64(second * 1000))
    }

    @Test("Two failures within two minutes open a target with little traffic, two further apart do not")
    func pair() {
        var near = TargetHealth()
        #expect(!record(&near, report(1, failed: 1), at: 0).isOpen)
        #expect(record(&near, report(1, failed: 1), at: 120).isOpen)
        var far = TargetHealth()
        _ = record(&far, report(1, failed: 1), at: 0)
        #expect(!record(&far, report(1, failed: 1), at: 120.001).isOpen)
        #expect(record(&far, report(1, failed: 1), at: 180).isOpen)
    }

    @Test("Of twenty requests in a minute two failures open it, of twenty-one they do not")
    func ratio() {
        for (requests, opens) in [(Int64(18), true), (19, false)] {
            var health = TargetHealth()
            _ = record(&health, report(requests), at: 0)
            _ = record(&health, report(1, failed: 1), at: 1)
            #expect(!health.isOpen)
            #expect(record(&health, report(1, failed: 1), at: 2).isOpen == opens)
        }
    }

    @Test("What is older than a minute is in no ratio")
    func window() {
        var health = TargetHealth()
        _ = record(&health, report(100), at: 0)
        let row = record(&health, report(20), at: 54)
        #expect(row.requests == 120)
        #expect(record(&health, report(), at: 60).requests == 20)
    }

    @Test("Four failures in a row open a target whatever its traffic, three do not")
    func evidence() {
        var health = TargetHealth()
        _ = record(&health, report(100_000), at: 0)
        for second in 1...3 { #expect(!record(&health, report(1, failed: 1), at: Double(second)).isOpen) }
        #expect(record(&health, report(1, failed: 1), at: 4).isOpen)
    }

    @Test("The cumulative sum opens a busy target that fails in 40 % within 60 requests, one that fails in 3 % seldom")
    func evidenceOverTime() {
        var generator = SeededGenerator(seed: 40)
        var lengths: [Int] = []
        for chance in Array(repeating: 0.4, count: 200) + Array(repeating: 0.03, count: 20) {
            var health = TargetHealth()
            _ = record(&health, report(1_000_000), at: 0)
            var count = 0
            while !health.isOpen && count < 5_000 {
                count += 1
                let failure: Int64 = Double.random(in: 0..<1, using: &generator) < chance ? 1 : 0
                _ = record(&health, report(1, failed: failure), at: 1)
            }
            lengths.append(count)
        }
        #expect(lengths[..<200].sorted()[190] < 60)
        #expect(lengths[200...].count { $0 < 5_000 } <= 4)
    }

    @Test("The time it stays open doubles to five minutes, and starts anew when it was well for a minute")
    func openTimes() {
        var health = TargetHealth()
        var now = 0.0
        func openNow(_ health: inout TargetHealth) -> Int64 {
            record(&health, report(2, failed: 2), at: now).openMilliseconds
        }
        var times = [openNow(&health)]
        for number in 0..<6 {
            now += Double(times.last ?? 0) / 1000
            #expect(record(&health, claim("l\(number)"), at: now).isLeaseGranted)
            times.append(record(&health, probe(.failed, lease: "l\(number)"), at: now).openMilliseconds)
        }
        #expect(times == [10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000])
        now += 300
        _ = record(&health, claim("x"), at: now)
        #expect(!record(&health, probe(.answered, lease: "x"), at: now).isOpen)
        now += 60
        #expect(openNow(&health) == 300_000)
        now += 300
        _ = record(&health, claim("y"), at: now)
        _ = record(&health, probe(.answered, lease: "y"), at: now)
        now += 61
        #expect(openNow(&health) == 10_000)
    }

    @Test("One lease at a time, from its instant on; given back it is free, and it ends by itself")
    func leases() {
        var health = TargetHealth()
        _ = record(&health, report(2, failed: 2), at: 0)
        #expect(!record(&health, claim("early"), at: 9.999).isLeaseGranted)
        #expect(record(&health, claim("a"), at: 10).isLeaseGranted)
        #expect(!record(&health, claim("b"), at: 10).isLeaseGranted)
        _ = record(&health, probe(.released, lease: "a"), at: 11)
        #expect(health.isOpen)
        #expect(record(&health, claim("b"), at: 11).isLeaseGranted)
        #expect(!record(&health, claim("c"), at: 40.999).isLeaseGranted)
        #expect(record(&health, claim("c"), at: 41).isLeaseGranted)
        // Too late: its lease is another's, and proves nothing either way.
        #expect(record(&health, probe(.answered, lease: "b"), at: 42).isOpen)
        #expect(record(&health, probe(.failed, lease: "b"), at: 42).openMilliseconds == 0)
        #expect(!record(&health, probe(.answered, lease: "c"), at: 43).isOpen)
        #expect(!record(&health, claim("d"), at: 44).isLeaseGranted)
    }

    @Test("Answers of calls that began before it opened do not close it; one for want of a better target does")
    func recovery() {
        var health = TargetHealth()
        _ = record(&health, report(2, failed: 2), at: 0)
        var answers = report()
        answers.answers = 100
        #expect(record(&health, answers, at: 1).isOpen)
        var recovered = report(1)
        recovered.hasRecovered = true
        #expect(!record(&health, recovered, at: 2).isOpen)
        // What opened it does not open it again at the next single failure.
        #expect(!record(&health, report(1, failed: 1), at: 3).isOpen)
    }

    @Test("A refused key waits an hour for one probe, and is no other key's matter")
    func refusedKey() {
        var health = TargetHealth()
        var refused = report()
        refused.isKeyRefused = true
        let row = record(&health, refused, at: 0)
        #expect(row.refusedKeyMark == "k" && row.refusedMilliseconds == 3_600_000 && !row.isOpen)
        #expect(!record(&health, claim("a"), at: 3_599).isLeaseGranted)
        #expect(record(&health, claim("a"), at: 3_600).isLeaseGranted)
        #expect(record(&health, probe(.answered, lease: "a"), at: 3_601).refusedKeyMark == nil)
        _ = record(&health, refused, at: 3_700)
        var enabled = HealthReport(deployment: a, keyMark: "other")
        enabled.isKeyEnabled = true
        #expect(record(&health, enabled, at: 3_701).refusedKeyMark == "k")
        var same = report()
        same.isKeyEnabled = true
        #expect(record(&health, same, at: 3_702).refusedKeyMark == nil)
    }

    @Test("A target nobody has heard of for a minute may be probed, by one at a time, and a failure counts")
    func idle() {
        var health = TargetHealth()
        #expect(!record(&health, claim("a", .due), at: 0).isLeaseGranted)
        #expect(record(&health, claim("a", .idle), at: 0).isLeaseGranted)
        #expect(!record(&health, claim("b", .idle), at: 0).isLeaseGranted)
        _ = record(&health, probe(.failed, lease: "a"), at: 1)
        #expect(!record(&health, claim("b", .idle), at: 60.999).isLeaseGranted)
        #expect(record(&health, claim("b", .idle), at: 61).isLeaseGranted)
        #expect(record(&health, probe(.failed, lease: "b"), at: 62).isOpen)
    }

    @Test("An idle target whose probe proved nothing is asked again when it was silent once more, and never while limited")
    func fruitlessProbe() {
        var health = TargetHealth()
        #expect(record(&health, claim("a", .idle), at: 0).isLeaseGranted)
        _ = record(&health, probe(.released, lease: "a"), at: 1)
        #expect(!record(&health, claim("b", .idle), at: 1.2).isLeaseGranted)
        #expect(!record(&health, claim("b", .idle), at: 60.999).isLeaseGranted)
        #expect(record(&health, claim("b", .idle), at: 61).isLeaseGranted)
        var limited = probe(.released, lease: "b")
        limited.limitedMilliseconds = 200_000
        _ = record(&health, limited, at: 62)
        #expect(!record(&health, claim("c", .idle), at: 261.999).isLeaseGranted)
        #expect(record(&health, claim("c", .idle), at: 262).isLeaseGranted)
    }

    @Test("A target that only sends 429 is not probed before its time, and a 429 is no failure")
    func limited() {
        var health = TargetHealth()
        _ = record(&health, report(2, failed: 2), at: 0)
        var limited = report()
        limited.limitedMilliseconds = 60_000
        _ = record(&health, limited, at: 5)
        #expect(!record(&health, claim("a"), at: 64.999).isLeaseGranted)
        #expect(record(&health, claim("a"), at: 65).isLeaseGranted)
    }
}
