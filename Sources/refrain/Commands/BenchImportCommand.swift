import ArgumentParser

/// `refrain bench import`.
struct BenchImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Measure how fast curated answers are imported, and in what memory.",
        discussion: """
            Kills the import when half of the answers stand, and runs it again. The exit code is 1 when it takes more \
            memory than it may.
            """)

    @Option(help: "Answers to import.")
    var entries = BenchImportCommand.usual

    @OptionGroup var model: BenchModelOption
    @OptionGroup var options: BenchOptions

    /// As many as one of several measurements imports.
    static let usual = 20_000

    func validate() throws {
        guard (1_000...1_000_000).contains(entries) else { throw ValidationError("--entries must be 1000 to 1000000.") }
    }

    func run() async throws {
        var isBounded = false
        try await options.report { report in
            let imported = try await ImportBench(entries: entries, modelDirectory: model.modelDir).run()
            report.imported = imported
            isBounded = imported.bars.allSatisfy { $0.isMet == true }
        }
        if !isBounded { throw ExitCode.failure }
    }
}
