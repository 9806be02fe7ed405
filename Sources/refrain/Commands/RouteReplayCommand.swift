import ArgumentParser
import GatewayConfig
import GatewayCore
import Routing
import Telemetry

/// `refrain route replay`: recorded choices under another configuration.
struct RouteReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Make recorded choices again under another configuration.",
        discussion: """
            Reads the JSON lines of 'refrain route export', chooses anew for every request and prints what it would \
            have cost, how long it would have taken and how good its models are held to be, beside what was. Calls \
            nobody. Health, room, sessions, semantic routes and rules by keyword are not replayed. Where answers were \
            judged, what a changed configuration would have been judged is estimated, as far as targets were drawn.
            """)

    @OptionGroup var options: ConfigurationOption

    @Argument(help: "The record to read.", completion: .file(extensions: ["jsonl", "ndjson"]))
    var file: String

    func run() async throws {
        let configuration = try await options.load()
        let lines = try TextFile.lines(of: file).filter { !$0.isEmpty }
        let decisions = lines.compactMap { RecordedDecision(line: $0) }
        let judgments = lines.compactMap { RecordedJudgment(line: $0) }
        let router = Router(
            configuration: configuration.routing, health: HealthBoard(replica: RequestID().description), limits: nil)
        let replay = RouteReplay(decisions, router: router)
        print(Self.table(replay))
        let choices = replay.choices.sorted { ($1.value, $0.key.description) < ($0.value, $1.key.description) }
        for (deployment, count) in choices { print("  \(deployment): \(count)") }
        if !judgments.isEmpty { print(Self.judged(LearningReplay(decisions, judgments, router: router))) }
        let left = lines.count - decisions.count - judgments.count
        if left > 0 { StandardError.write("\(left) lines left out\n") }
    }

    private static func table(_ replay: RouteReplay) -> String {
        let sides = [replay.recorded, replay.replayed]
        func row(_ name: String, _ value: (ReplayFigures) -> String) -> String {
            pad(name, to: 24) + sides.map { pad(value($0), to: 14) }.joined()
        }
        return [
            pad("", to: 24) + pad("recorded", to: 14) + pad("replayed", to: 14),
            row("requests") { "\($0.requests)" },
            row("refused") { "\($0.refused)" },
            row("cost, $") { $0.priced > 0 ? decimal(Double($0.cost) / 1e9, digits: 6) : "?" },
            row("of requests") { "\($0.priced)" },
            row("mean latency, ms") { $0.meanLatency.map { decimal($0 / .milliseconds(1), digits: 0) } ?? "?" },
            row("mean quality") { $0.meanQuality.map { decimal($0, digits: 3) } ?? "?" },
            "moved to another target: \(replay.moved)",
        ].joined(separator: "\n")
    }

    /// What the judgments say of both sides.
    private static func judged(_ replay: LearningReplay) -> String {
        func value(_ estimate: Estimate, _ factor: Double = 1, digits: Int = 3) -> String {
            guard let mean = estimate.mean else { return "?" }
            let margin = estimate.margin.map { " ± \(decimal($0 * factor, digits: digits))" } ?? ""
            return decimal(mean * factor, digits: digits) + margin
        }
        return [
            "of \(replay.recorded.count) answers that were drawn and judged, with 95 % of certainty:",
            "  score recorded: \(value(replay.recorded))",
            "  score replayed: \(value(replay.replayed)), by weights alone \(value(replay.weighted))",
            "  cost of one, recorded, $: \(value(replay.recordedCost, 1e-9, digits: 6))",
            "  cost of one, replayed, $: \(value(replay.replayedCost, 1e-9, digits: 6))",
        ].joined(separator: "\n")
    }

    private static func pad(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.utf8.count))
    }

    /// With a fixed number of digits behind the point.
    private static func decimal(_ value: Double, digits: Int) -> String {
        let scale = (0..<digits).reduce(1.0) { product, _ in product * 10 }
        let whole = Int((value * scale).rounded())
        guard digits > 0 else { return "\(whole)" }
        if whole < 0 { return "-" + decimal(-value, digits: digits) }
        let text = String(repeating: "0", count: max(0, digits + 1 - String(whole).utf8.count)) + String(whole)
        return "\(text.dropLast(digits)).\(text.suffix(digits))"
    }
}
