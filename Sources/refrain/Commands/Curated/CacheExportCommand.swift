import ArgumentParser
import GatewayCore
import NIOCore
import Pipeline
import RedisStores
import SemanticCache
import Telemetry

/// `refrain cache export`: the curated answers as they were imported.
struct CacheExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print the answers that were imported, in the form in which they are imported.",
        discussion: """
            Prints a JSON object on each line, or with --format csv a table, in the order of their ids. Answers that \
            were purged are left out; those whose date has passed are not. What providers answered is no part of it: \
            see 'refrain cache list'.
            """)

    @OptionGroup var options: ConfigurationOption
    @OptionGroup var curated: CuratedOptions

    @Option(help: "jsonl (an object on each line) or csv (a table).")
    var format = ExportFormat.jsonl

    private static let page = 500

    func run() async throws {
        let configuration = try await options.load()
        let shelf = try CuratedWork.shelf(configuration, curated)
        let (store, close) = try await CuratedWork.store(configuration)
        let count: Int
        do {
            count = try await export(shelf, of: store)
        } catch {
            await close()
            StandardError.write("\(error)\n")
            throw ExitCode(1)
        }
        await close()
        StandardError.write("exported \(Plural.count(count, "answer")) of the model \(curated.model)\n")
    }

    /// - Returns: how many answers were printed.
    private func export(_ shelf: CuratedShelf, of store: RedisCacheStore) async throws -> Int {
        if format == .csv { print(String(buffer: CuratedAnswer.header), terminator: "") }
        var count = 0
        var last: String?
        repeat {
            let page = try await store.lines(of: shelf, behind: last, count: Self.page)
            for line in page.lines {
                switch format {
                case .jsonl: print(String(buffer: line))
                case .csv:
                    let row = try CuratedAnswer(json: line).row
                    print(String(buffer: row), terminator: "")
                }
            }
            count += page.lines.count
            last = page.next
        } while last != nil
        return count
    }
}

/// How exported answers are written.
enum ExportFormat: String, CaseIterable, ExpressibleByArgument {
    case jsonl
    case csv
}
