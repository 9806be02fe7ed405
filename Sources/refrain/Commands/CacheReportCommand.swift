import ArgumentParser
import FoundationEssentials
import GatewayConfig
import GatewayCore
import Logging
import NIOCore
import RedisClient
import RedisStores
import SemanticCache
import Telemetry

/// `refrain cache report`: what each floor would have served, and how much of it wrongly.
struct CacheReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Tell what each floor of likeness serves, what of it is wrong, and what it saves.",
        discussion: """
            Reads what gateways with cache.record.share above 0 recorded in Redis, or a file of the same lines, and \
            prints hit ratio, share of wrong hits with its 95 % interval and money for each floor, a recommendation, \
            and the twenty near-duplicates that mislead most. Routes in the shadow and routes that serve both count.
            """)

    @OptionGroup var options: ConfigurationOption

    @Option(help: ArgumentHelp("Wrong hits per hit that are allowed, in per cent.", valueName: "share"))
    var budget = "1%"

    @Option(help: "Of this configured route alone.")
    var route: String?

    @Option(
        help: ArgumentHelp("Also write the report as one page, with its curve.", valueName: "file"),
        completion: .file(extensions: ["html"]))
    var html: String?

    @Option(
        help: ArgumentHelp("Read these JSON lines instead of Redis.", valueName: "file"),
        completion: .file(extensions: ["jsonl", "ndjson"]))
    var lines: String?

    @Flag(help: "Print the recorded lines themselves, for a report elsewhere.")
    var export = false

    func run() async throws {
        guard let allowed = Share.percent(budget) else {
            throw ValidationError("--budget: expected a share such as 1% or 0.5%, found '\(budget)'")
        }
        var history = LookupHistory()
        try await read { line in
            if export { print(String(buffer: line)) } else { history.add(line) }
        }
        if export { return }
        let report = CacheReport(history, budget: allowed, route: route)
        print(report.text)
        if history.unread > 0 { StandardError.write("\(history.unread) lines left out\n") }
        guard let html else { return }
        try Data(CacheReportPage(report: report).html.utf8).write(to: URL(filePath: html), options: .atomic)
    }

    private func read(_ take: (ByteBuffer) -> Void) async throws {
        if let lines {
            for line in try TextFile.lines(of: lines) where !line.isEmpty { take(ByteBuffer(string: line)) }
            return
        }
        let configuration = try await options.load()
        LoggingSystem.bootstrap { LogConsole(label: $0, level: .error) }
        let redis = try await RedisClient.forCommand(configuration.redis, logger: Logger(label: "refrain"))
        do {
            try await RedisDecisionLog.read(from: redis, record: .writtenByCache, take)
        } catch {
            await redis.shutdown()
            throw ValidationError("the record cannot be read: \(error)")
        }
        await redis.shutdown()
    }
}
