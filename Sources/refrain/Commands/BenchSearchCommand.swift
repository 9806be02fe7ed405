import ArgumentParser
import VectorMath

/// `refrain bench search`.
struct BenchSearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Measure the search among vectors, beside reading their memory.")

    @Option(help: ArgumentHelp("File of vectors; made when it is missing.", valueName: "file"))
    var vectors = ".refrain/search-vectors.f32"

    @Option(help: ArgumentHelp("Folder of .jsonl texts to make the vectors from.", valueName: "folder"))
    var texts: String?

    @Option(parsing: .upToNextOption, help: ArgumentHelp("How many vectors to search.", valueName: "rows"))
    var sizes = [10_000, 100_000]

    @Option(help: ArgumentHelp("Write the queries and then the rows, for other programs.", valueName: "file"))
    var export: String?

    @OptionGroup var model: BenchModelOption
    @OptionGroup var options: BenchOptions

    func run() async throws {
        try await options.report { report in
            let real = try await SearchVectors.load(cache: vectors, folder: texts, modelDirectory: model.modelDir)
            guard let source = SearchRowsSource(real) else {
                throw BenchError("\(vectors) holds \(real.rows) vectors; more than a thousand are needed")
            }
            if let export { try source.write(rows: sizes.max() ?? 0, to: export) }
            report.search = try SearchBench(source: source).run(sizes: sizes)
        }
    }
}
