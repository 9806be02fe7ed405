import Testing

@testable import refrain

@Suite struct ImportTallyTests {
    @Test("The last line of an import is read as the command writes it")
    func reading() {
        let output = """
            importing: 50 %, 900 lines, 800 lines/s
            imported 2000 of 2000 lines for the model bench: 1300 stored under 1300 questions, 700 unchanged; \
            1.5 s, 1333 lines/s, 210 MiB in memory

            """
        let tally = ImportTally(lines: 2_000, stored: 1_300, unchanged: 700)
        #expect(ImportTally(output) == tally && tally.imported == 2_000)
    }

    @Test("Without it the import did not end", arguments: ["", "importing: 50 %, 900 lines", "imported"])
    func unfinished(output: String) {
        #expect(ImportTally(output) == nil)
    }

    @Test("Every line is JSON with a question of its own, whatever the number")
    func lines() {
        let lines = [0, 1, 143_000, 999_999].map(ImportBench.line)
        #expect(Set(lines).count == 4)
        for line in lines {
            #expect(line.hasSuffix("\"}\n") && line.split(separator: "\"").count == 13)
        }
    }

    @Test("An import that takes more than it may does not meet its bar")
    func bars() {
        for (peak, isMet) in [(511.0, true), (513.0, false)] {
            let report = ImportBench.Report(
                entries: 10, seconds: 2, storedBeforeKill: 5, unchangedBehindKill: 5, peakResidentMiB: peak)
            #expect(report.bars.map(\.isMet) == [isMet] && report.linesPerSecond == 5)
        }
    }
}
