import ArgumentParser

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// `refrain bench soak`.
struct BenchSoakCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "soak", abstract: "Run at half load for a long time and see whether memory and p99 stay flat.",
        discussion: "Prints a line a minute. The exit code is 1 when memory grows, p99 drifts or a request fails.")

    @Option(help: "For how long, in minutes; 4 at least.")
    var minutes = 30

    @Option(help: "Seed of the arrivals.")
    var seed: UInt64 = 1

    @OptionGroup var model: BenchModelOption
    @OptionGroup var options: BenchOptions

    func validate() throws {
        guard (4...1_440).contains(minutes) else { throw ValidationError("--minutes must be 4 to 1440.") }
    }

    func run() async throws {
        var isFlat = false
        try await options.report { report in
            let bench = GatewayBench(
                modelDirectory: model.modelDir, peersDirectory: "", seconds: 60, rounds: 1, entries: 0, seed: seed)
            report.soak = try await bench.withStage { stage in
                var soak = SoakReport()
                try await GatewayBench.withGenerator { generator in
                    soak = try await SoakBench(
                        stage: stage, generator: generator, minutes: minutes, seed: seed, onMinute: Self.show
                    ).run()
                }
                return soak
            }
            isFlat = report.soak?.verdict?.isFlat == true
        }
        if !isFlat { throw ExitCode.failure }
    }

    private static func show(_ minute: SoakMinute) {
        print(
            "minute \(minute.minute): \(Figure.text(minute.requestsPerSecond))/s, p50 \(Figure.text(minute.p50)) µs, "
                + "p99 \(Figure.text(minute.p99)) µs, resident \(Figure.text(minute.residentMiB)) MiB"
                + (minute.failures > 0 ? ", \(minute.failures) FAILURES" : ""))
        // Into a file, each line at once: whoever waits for the end wants to see how it goes.
        fflush(nil)
    }
}
