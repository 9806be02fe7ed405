import ArgumentParser

/// `refrain bench search`.
struct BenchSearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Measure the search among vectors, beside reading their memory.")

    @OptionGroup var options: BenchOptions

    func run() async throws {
        try await options.report { report in
            report.search = SearchBench.run()
        }
    }
}
