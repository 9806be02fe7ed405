import ArgumentParser
import GatewayCore
import Pipeline
import SemanticCache
import Telemetry

/// `refrain cache import`: answers that are known beforehand.
struct CacheImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Store answers that you wrote, under the questions they are for.",
        discussion: """
            Reads a JSON object on each line, or a .csv file whose first row names the columns: id, question, answer, \
            and if wanted variants (the question in other words), tags, locale, valid_until (2027-01-31, or \
            2027-01-31T18:00:00Z) and distractors (questions that look alike and must not get this answer). In .csv, \
            several texts in one cell are a JSON array or have | between them.

            Such answers stay until their date, or until they are purged: by their id, entry, tag, namespace or model, \
            or all. A line whose id was imported before replaces what stood under it; one that has not changed costs \
            next to nothing. So an import that was interrupted goes on where it was when you run it again. A line that \
            cannot be used is reported with its number and the rest goes on; the exit status is then 1.

            Answers are found by requests that are like --request but for the question: the same model, system prompt, \
            tools and parameters. Without --request that is a single user message and nothing else.
            """)

    @OptionGroup var options: ConfigurationOption
    @OptionGroup var curated: CuratedOptions

    @Flag(help: "Read and check the whole file first (no pipe), and store nothing if a line cannot be used.")
    var strict = false

    @Argument(help: "The file to read.", completion: .file(extensions: ["jsonl", "ndjson", "csv"]))
    var file: String

    func run() async throws {
        let configuration = try await options.load()
        let lines = try CuratedFile(file)
        guard !strict || lines.isRegular else {
            throw ValidationError("--strict reads the file twice; '\(file)' is no regular file")
        }
        let work = try await CuratedWork(configuration, curated)
        do {
            if strict, try await isUnusable(work.importer) {
                StandardError.write("nothing was stored\n")
                await work.shutdown()
                throw ExitCode(1)
            }
            let refused = try await store(lines, with: work.importer)
            await work.shutdown()
            if refused > 0 { throw ExitCode(1) }
        } catch let error as GatewayError {
            await work.shutdown()
            StandardError.write("\(error.message)\nRun the same command again: it goes on where it was.\n")
            throw ExitCode(1)
        }
    }

    private func isUnusable(_ importer: CuratedImporter) async throws -> Bool {
        let lines = try CuratedFile(file)
        let mistakes = try await importer.check(
            { try lines.next() }, tell: { line, mistake in report(line.number, mistake.description) })
        return mistakes > 0
    }

    /// - Returns: how many lines could not be used.
    private func store(_ lines: CuratedFile, with importer: CuratedImporter) async throws -> Int {
        let start = ContinuousClock.now
        var progress = Progress(of: lines.size, label: "importing")
        var done = 0
        let report = try await importer.run(
            { try lines.next() },
            tell: { line, outcome in
                done += 1
                if let reason = outcome.refusal {
                    progress.interrupt("\(file):\(line.number): \(reason)")
                }
                progress.advance(
                    to: lines.offset, saying: "\(done) lines, \(Self.rate(done, since: start)) lines/s")
            })
        let seconds = start.duration(to: .now) / .seconds(1)
        let memory = ProcessFigures.current().residentBytes.map { ", \($0 >> 20) MiB in memory" } ?? ""
        progress.finish(
            """
            imported \(report.imported) of \(report.lines) lines for the model \(curated.model): \(report.stored) \
            stored under \(Plural.count(report.questions, "question")), \(report.unchanged) unchanged\
            \(report.over > 0 ? ", \(report.over) past their date" : ""); \
            \(Decimal.text(seconds, digits: 1)) s, \(Self.rate(report.lines, since: start)) lines/s\
            \(memory)
            """)
        return report.refused
    }

    private func report(_ line: Int, _ reason: String) {
        StandardError.write(CellText.plain("\(file):\(line): \(reason)\n"))
    }

    private static func rate(_ lines: Int, since start: ContinuousClock.Instant) -> Int {
        let seconds = start.duration(to: .now) / .seconds(1)
        return seconds > 0 ? Int(Double(lines) / seconds) : 0
    }
}
