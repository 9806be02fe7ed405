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
            Prints a JSON object on each line, in the order of their ids. Answers that were purged are left out; those \
            whose date has passed are not. What providers answered is no part of it: see 'refrain cache list'.
            """)

    @OptionGroup var options: ConfigurationOption
    @OptionGroup var curated: CuratedOptions

    private static let page = 500

    func run() async throws {
        let configuration = try await options.load()
        let shelf = try CuratedWork.shelf(configuration, curated)
        let (store, close) = try await CuratedWork.store(configuration)
        var count = 0
        var last: String?
        repeat {
            let page: (lines: [ByteBuffer], next: String?)
            do throws(CacheStoreError) {
                page = try await store.lines(of: shelf, behind: last, count: Self.page)
            } catch {
                await close()
                StandardError.write("\(error.message)\n")
                throw ExitCode(1)
            }
            for line in page.lines { print(String(buffer: line)) }
            count += page.lines.count
            last = page.next
        } while last != nil
        await close()
        StandardError.write("exported \(Plural.count(count, "answer")) of the model \(curated.model)\n")
    }
}
