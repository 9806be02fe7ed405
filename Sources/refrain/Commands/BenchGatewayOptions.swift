import ArgumentParser

/// How long and how much the gateway is measured.
struct BenchGatewayOptions: ParsableArguments {
    @Option(help: "Length of each window, in seconds.")
    var seconds = 1.5

    @Option(help: "How often each window is repeated.")
    var rounds = 3

    @Option(help: "Entries in the larger of the two caches that are searched.")
    var entries = 100_000

    @Option(help: "Seed of the order of the windows.")
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Only the legs whose names hold this; may be repeated.", valueName: "name"))
    var leg: [String] = []

    @Option(help: ArgumentHelp("Folder with the configurations of nginx and HAProxy.", valueName: "folder"))
    var peers = "config/bench"

    func validate() throws {
        guard seconds >= 0.1, seconds <= 600 else { throw ValidationError("--seconds must be 0.1 to 600.") }
        guard (1...100).contains(rounds) else { throw ValidationError("--rounds must be 1 to 100.") }
        guard (1_000...10_000_000).contains(entries) else {
            throw ValidationError("--entries must be 1000 to 10000000.")
        }
    }

    func bench(modelDirectory: String) -> GatewayBench {
        GatewayBench(
            modelDirectory: modelDirectory, peersDirectory: peers, seconds: seconds, rounds: rounds, entries: entries,
            seed: seed, only: leg)
    }
}
