import Foundation
import Testing

@testable import Telemetry

/// The rules in `config/prometheus-alerts.yml` against the metrics there are.
@Suite("Alert rules")
struct AlertRulesTests {
    private func rules() throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "config/prometheus-alerts.yml"), encoding: .utf8)
    }

    private let definitions = Instruments.definitions + ProcessFigures.definitions + [ExposedFamily.refusalsDefinition]

    @Test("Every metric a rule asks for exists, and so does every label it picks series by")
    func metricsExist() throws {
        let text = try rules()
        let uses = text.matches(of: /((?:refrain|process)_[a-z0-9_]+)(?:\{([^}]*)\})?/)
        #expect(uses.count >= 10)
        for use in uses {
            let definition = try #require(definitions.first { $0.name == use.1 }, "\(use.1) is no metric of ours")
            for label in (use.2 ?? "").matches(of: /([a-z_]+)\s*(?:=|!)/) where label.1 != "job" {
                #expect(definition.labels.contains(String(label.1)), "\(use.1) has no label \(label.1)")
            }
        }
    }

    @Test("A rule groups by labels that its metrics have, or by the replica")
    func groups() throws {
        let labels = Set(definitions.flatMap(\.labels)).union(["instance"])
        for group in try rules().matches(of: /by \(([^)]*)\)/) {
            for label in group.1.split(separator: ",") {
                #expect(labels.contains(label.trimmingCharacters(in: .whitespaces)), "\(label)")
            }
        }
    }

    @Test("What an operator must hear of has a rule, each rule a name of its own and a summary")
    func complete() throws {
        let text = try rules()
        let names = text.matches(of: /- alert: (\w+)/).map { String($0.1) }
        #expect(Set(names).count == names.count)
        #expect(text.matches(of: /annotations: \{summary: ".+"\}/).count == names.count)
        for metric in [
            "refrain_target_state", "refrain_budget_used_ratio", "refrain_limits_degraded", "refrain_redis_degraded",
            "refrain_limit_denials_total", "refrain_waiting_oldest_seconds",
        ] {
            #expect(text.contains(metric), "no rule looks at \(metric)")
        }
    }
}
