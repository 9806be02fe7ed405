import ArgumentParser

/// `refrain bench limits`.
struct BenchLimitsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "limits", abstract: "Measure how a fleet shares its providers' limits, in simulated time.")

    @Option(help: "Seed of the traffic.")
    var seed: UInt64 = 1

    @OptionGroup var options: BenchOptions

    func run() async throws {
        try await options.report { report in report.limits = try await LimitsBench(seed: seed).run() }
    }
}
