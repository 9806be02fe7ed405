import ArgumentParser

/// `refrain bench gateway`.
struct BenchGatewayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gateway", abstract: "Measure requests through the gateway, beside nginx and the bare provider.")

    @OptionGroup var model: BenchModelOption
    @OptionGroup var gateway: BenchGatewayOptions
    @OptionGroup var options: BenchOptions

    func run() async throws {
        try await options.report { report in
            report.gateway = try await gateway.bench(modelDirectory: model.modelDir).run()
        }
    }
}
