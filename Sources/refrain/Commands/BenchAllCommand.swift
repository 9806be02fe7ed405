import ArgumentParser

/// `refrain bench all`.
struct BenchAllCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "all", abstract: "Measure everything, in about seven minutes.")

    @OptionGroup var model: BenchModelOption
    @OptionGroup var gateway: BenchGatewayOptions
    @OptionGroup var options: BenchOptions

    func run() async throws {
        try await options.report { report in
            report.embedding = try EmbeddingBench.run(modelDirectory: model.modelDir)
            report.tokenizer = try TokenizerBench.run(modelDirectory: model.modelDir)
            report.search = try SearchBench(source: .madeUp()).run(sizes: [10_000, 100_000])
            report.redis = try await RedisComparison.run(seconds: 3)
            report.mirror = try await MirrorBench(entries: 100_000).run()
            report.imported = try await ImportBench(
                entries: BenchImportCommand.usual, modelDirectory: model.modelDir
            ).run()
            report.limits = try await LimitsBench(seed: 1).run()
            report.gateway = try await gateway.bench(modelDirectory: model.modelDir).run()
        }
    }
}
