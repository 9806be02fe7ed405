import ArgumentParser

/// `refrain bench embedding`.
struct BenchEmbeddingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embedding", abstract: "Measure the encoder.")

    @OptionGroup var model: BenchModelOption
    @OptionGroup var options: BenchOptions

    func run() async throws {
        try await options.report { report in
            report.embedding = try EmbeddingBench.run(modelDirectory: model.modelDir)
            report.tokenizer = try TokenizerBench.run(modelDirectory: model.modelDir)
        }
    }
}
