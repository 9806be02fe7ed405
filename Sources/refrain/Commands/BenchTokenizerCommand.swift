import ArgumentParser
import FoundationEssentials

/// `refrain bench tokenizer`.
struct BenchTokenizerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokenizer", abstract: "Measure how texts are cut into tokens.",
        discussion: "`make bench-tokenizer` runs it in turns with the tokenizers library, on the same texts.")

    @OptionGroup var model: BenchModelOption
    @OptionGroup var options: BenchOptions

    @Option(help: ArgumentHelp("Write the measured texts as JSON.", valueName: "file"))
    var texts: String?

    func run() async throws {
        if let texts {
            let samples = try JSONEncoder().encode(try TokenizerBench.samples(modelDirectory: model.modelDir))
            guard FileManager.default.createFile(atPath: texts, contents: samples) else {
                throw BenchError("cannot write \(texts)")
            }
        }
        try await options.report { report in
            report.tokenizer = try TokenizerBench.run(modelDirectory: model.modelDir)
        }
    }
}
