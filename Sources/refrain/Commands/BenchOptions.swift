import ArgumentParser

/// What every benchmark does with its figures.
struct BenchOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Write all figures as JSON, with the machine they are from.", valueName: "file"))
    var json: String?

    @Option(
        help: ArgumentHelp(
            "Put the gateway's figures into this document, between its marks for them.", valueName: "file"))
    var markdown: String?

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
        if let markdown { try report.writeMarkdown(into: markdown) }
    }
}
