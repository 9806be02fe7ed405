import ArgumentParser

/// `refrain bench decisions`.
struct BenchDecisionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decisions", abstract: "Measure what a decision under an error budget costs beyond the scan.")

    func run() throws { print(DecisionBench.run()) }
}
