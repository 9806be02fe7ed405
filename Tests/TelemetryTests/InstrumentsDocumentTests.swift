import CoreMetrics
import Foundation
import GatewayCore
import Testing

@testable import Telemetry

@Suite("Instruments and their document")
struct InstrumentsDocumentTests {
    /// A row of the table in `docs/operations.md`.
    private struct Row: Hashable, CustomStringConvertible {
        let name: String
        let type: String
        let labels: [String]

        var description: String { "\(name) \(type) \(labels)" }
    }

    private func documented() throws -> [Row] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/operations.md"), encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex(of: "## Metrics"))
        let section = lines[lines.index(after: start)...].prefix { !$0.hasPrefix("## ") }
        return section.filter { $0.hasPrefix("| `") }.map { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            let labels = cells[2].matches(of: /`([^`]+)`/).map { String($0.1) }
            return Row(name: cells[0].trimmingCharacters(in: ["`"]), type: cells[1], labels: labels)
        }
    }

    private let definitions =
        Instruments.definitions + ProcessFigures.definitions + [ExposedFamily.refusalsDefinition]

    @Test("The document lists exactly the metrics there are, with their types and labels")
    func agreement() throws {
        let rows = try documented()
        let defined = definitions.map { Row(name: $0.name, type: $0.kind.rawValue, labels: $0.labels) }
        #expect(Set(rows).subtracting(defined) == [], "documented but not there")
        #expect(Set(defined).subtracting(rows) == [], "there but not documented")
        #expect(Set(rows.map(\.name)).count == rows.count, "documented twice")
    }

    @Test("Names follow Prometheus' conventions, and no two metrics share one")
    func conventions() {
        #expect(Set(definitions.map(\.name)).count == definitions.count)
        for definition in definitions {
            let name = definition.name
            #expect(PrometheusName.metric(name) == name)
            #expect(name.hasSuffix("_total") == (definition.kind == .counter), "\(name)")
            #expect((definition.buckets != nil) == (definition.kind == .histogram), "\(name)")
            #expect(definition.labels.allSatisfy { PrometheusName.label($0) == $0 }, "\(name)")
            #expect(definition.help.hasSuffix("."), "\(name)")
        }
    }

    @Test("All that is shown after every instrument was used is defined: help, type and labels")
    func everyInstrument() throws {
        let registry = PrometheusRegistry()
        let instruments = Instruments(factory: registry)
        let recorder = Recorder(instruments: instruments, logger: CapturedLog().logger())
        recorder.record(
            Exchanges.miss {
                $0.attempts[1].cost = 1
                $0.attempts[1].isLastResort = true
                $0.stage = .rule
                $0.isTrial = true
                $0.isRetryBudgetSpent = true
                $0.shadow = .hitExact
                $0.budgets = [BudgetNote(scope: "tenant a", period: "day", committed: 0, limit: 1)]
            })
        recorder.record(Exchanges.semanticHit { $0.saved = 1 })
        recorder.judged("r", route: "m", result: .learned, score: 1)
        recorder.purged(by: "tag")
        let routing = instruments.routing
        let meters = [
            routing.targetState(DeploymentID("a")), routing.targetCalls(DeploymentID("a")),
            routing.estimateError("m"), routing.limitsDegraded, routing.waiting("batch"), routing.oldestWait,
            routing.keyStale("a"),
            instruments.inFlight, instruments.redisDegraded, instruments.mirrorEntries, instruments.l1Entries,
            instruments.l1Bytes, instruments.mirrorLag, instruments.indexWaiting, instruments.bytes(of: "a"),
            instruments.encoderMismatch, instruments.migrationRemaining,
        ]
        for meter in meters { meter.set(1) }
        let (deciding, place) = (instruments.deciding, Instruments.Deciding.Place(tenant: "a", route: "m"))
        for meter in [deciding.floor(place), deciding.provenFloor(place), deciding.wrongHits(place, "low")] {
            meter.set(1)
        }
        for counter in [
            deciding.drifts(place), deciding.decisions(place, "served"), deciding.labels(place, "right"),
            deciding.compared("same"), instruments.audits[.init(of: "hit", outcome: .rightByJudge)],
            instruments.promotions["stored"],
        ] { counter.increment(by: 0) }
        instruments.memoHits.increment()
        instruments.skippedEntries("damaged").increment(by: 0)
        instruments.evictions(of: "a").increment()
        instruments.migrated("written").increment(by: 0)
        let parsed = try exposition(registry)
        let shown = Instruments.definitions + [ExposedFamily.refusalsDefinition]
        #expect(Set(parsed.order) == Set(shown.map(\.name)))
        for definition in shown {
            let family = try #require(parsed.families[definition.name])
            #expect(family.type == definition.kind.rawValue)
            #expect(family.help == definition.help)
            for sample in family.samples {
                #expect(Set(sample.labels.keys).subtracting(["le"]) == Set(definition.labels), "\(sample)")
            }
        }
        #expect(parsed.value("refrain_metrics_refused_total", ["metric": ""]) == 0)
    }
}
