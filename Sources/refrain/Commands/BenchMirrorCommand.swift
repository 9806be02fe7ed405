import ArgumentParser

/// `refrain bench mirror`.
struct BenchMirrorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mirror", abstract: "Measure how fast a replica mirrors what Redis holds.")

    @Option(help: "Entries to mirror; each takes about 2.5 kB in Redis.")
    var entries = 100_000

    @OptionGroup var options: BenchOptions

    func run() async throws {
        try await options.report { report in
            report.mirror = try await MirrorBench(entries: max(entries, 1)).run()
        }
    }
}
