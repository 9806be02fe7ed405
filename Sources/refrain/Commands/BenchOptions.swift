import ArgumentParser

/// What every benchmark does with its figures.
struct BenchOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Write all figures as JSON, with the machine they are from.", valueName: "file"))
    var json: String?

    /// Measures, prints the table, and writes the file if one is asked for.
    func report(_ measure: (inout BenchReport) async throws -> Void) async throws {
        var report = BenchReport(machine: Machine(in: try WorkDirectory()))
        do {
            try await measure(&report)
        } catch {
            BenchProgress.clear()
            throw error
        }
        BenchProgress.clear()
        report.finish()
        print(report.text)
        if let json { try report.write(to: json) }
    }
}

/// Where the encoder's model is.
struct BenchModelOption: ParsableArguments {
    @Option(help: ArgumentHelp("Folder of the encoder's model.", valueName: "folder"), completion: .directory)
    var modelDir = "model/all-MiniLM-L6-v2"
}

/// How long and how much the gateway is measured.
struct BenchGatewayOptions: ParsableArguments {
    @Option(help: "Length of each window, in seconds.")
    var seconds = 3.0

    @Option(help: "How often each window is repeated.")
    var rounds = 2

    @Option(help: "Entries in the larger of the two caches that are searched.")
    var entries = 100_000

    @Option(help: "Seed of the order of the windows.")
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Only the legs whose names begin so; may be repeated.", valueName: "name"))
    var leg: [String] = []

    func validate() throws {
        guard seconds >= 0.1, seconds <= 600 else { throw ValidationError("--seconds must be 0.1 to 600.") }
        guard (1...100).contains(rounds) else { throw ValidationError("--rounds must be 1 to 100.") }
        guard (1_000...10_000_000).contains(entries) else {
            throw ValidationError("--entries must be 1000 to 10000000.")
        }
    }

    func bench(modelDirectory: String) -> GatewayBench {
        GatewayBench(
            modelDirectory: modelDirectory, seconds: seconds, rounds: rounds, entries: entries, seed: seed, only: leg)
    }
}
