import ArgumentParser
import FoundationEssentials

/// `refrain bench allocations`.
struct BenchAllocationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "allocations",
        abstract: "Count allocations per request and hold them against thresholds.",
        discussion: "config/scripts/allocations.sh builds the library that counts and calls this.")

    @Option(help: ArgumentHelp("Library that counts, from Tests/AllocationTests.", valueName: "file"))
    var counter: String

    @Option(help: ArgumentHelp("JSON with the most allocations per kind.", valueName: "file"))
    var thresholds: String

    @Flag(help: "Write the thresholds anew from what is found.")
    var update = false

    @Option(help: "Requests of each kind.")
    var requests = 2_000

    @OptionGroup var model: BenchModelOption

    func validate() throws {
        guard (100...1_000_000).contains(requests) else { throw ValidationError("--requests must be 100 to 1000000.") }
    }

    func run() async throws {
        let place = counter.hasPrefix("/") ? counter : FileManager.default.currentDirectoryPath + "/" + counter
        guard FileManager.default.fileExists(atPath: place) else { throw BenchError("\(place) is not there") }
        let bench = GatewayBench(
            modelDirectory: model.modelDir, peersDirectory: "", seconds: 1, rounds: 1, entries: 0, seed: 1)
        let found = try await bench.withStage { stage in
            var found: [AllocationKind: Double] = [:]
            try await GatewayBench.withGenerator { generator in
                found = try await AllocationBench(
                    stage: stage, generator: generator, library: place, requests: requests).run()
            }
            return found
        }
        BenchProgress.clear()
        if update { return try write(found) }
        guard let text = ProcFile.text(thresholds) else { throw BenchError("cannot read \(thresholds)") }
        let verdicts = AllocationVerdict.judge(
            found, by: try JSONDecoder().decode([String: Double].self, from: Data(text.utf8)))
        for verdict in verdicts { print(verdict.description) }
        if !verdicts.allSatisfy(\.isKept) { throw ExitCode.failure }
    }

    private func write(_ found: [AllocationKind: Double]) throws {
        let thresholds = Dictionary(
            uniqueKeysWithValues: found.map { ($0.rawValue, AllocationVerdict.threshold(for: $1)) })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let text = try encoder.encode(thresholds) + Data("\n".utf8)
        guard FileManager.default.createFile(atPath: self.thresholds, contents: text) else {
            throw BenchError("cannot write \(self.thresholds)")
        }
        print("wrote \(self.thresholds)")
    }
}
