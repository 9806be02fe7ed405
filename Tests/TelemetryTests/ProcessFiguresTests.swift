import Foundation
import Testing

@testable import Telemetry

@Suite("Process figures")
struct ProcessFiguresTests {
    /// proc(5): 52 fields; here 14 is 250, 15 is 50, 22 is 12345, 24 is 1000.
    private let stat = """
        42 (a b) c)) S 1 42 42 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 8 0 12345 900000 1000 18446744073709551615 1 1 0
        """
    private let system = "cpu  1 2 3\nctxt 5\nbtime 1700000000\nprocesses 9\n"

    private func figures(_ stat: String?, _ system: String?) -> ProcessFigures {
        ProcessFigures(
            processStat: stat, systemStat: system, openFileDescriptors: 7, ticksPerSecond: 100, pageSize: 4_096)
    }

    @Test("The fields of procfs are found, even behind a program name with blanks and parentheses")
    func parse() {
        let figures = figures(stat, system)
        #expect(figures.cpuSeconds == 3)
        #expect(figures.residentBytes == 4_096_000)
        #expect(figures.startTime == 1_700_000_123.45)
        #expect(figures.openFileDescriptors == 7)
    }

    @Test("What procfs does not say is left out, wherever its text breaks off")
    func truncated() {
        for length in 0..<stat.count {
            let cut = figures(String(stat.prefix(length)), "btime x")
            #expect(cut.startTime == nil)
            #expect(cut.openFileDescriptors == 7)
        }
        let nothing = ProcessFigures(
            processStat: nil, systemStat: nil, openFileDescriptors: nil, ticksPerSecond: 100, pageSize: 4_096)
        #expect(nothing.families.isEmpty)
    }

    @Test("The figures of this very process are plausible and shown under Prometheus' usual names")
    func current() throws {
        let figures = ProcessFigures.current()
        let parsed = try ExpositionParser(expositionText(PrometheusRegistry(definitions: []), process: figures))
        #expect(parsed.families["process_cpu_seconds_total"]?.type == "counter")
        let resident = try #require(parsed.value("process_resident_memory_bytes"))
        #expect((1e6...1e12).contains(resident))
        let started = try #require(parsed.value("process_start_time_seconds"))
        // The system's start is known to the second only.
        #expect((0...Date().timeIntervalSince1970 + 2).contains(started))
        #expect(try #require(parsed.value("process_open_fds")) >= 3)
    }

    @Test("An opened file is seen")
    func openFile() throws {
        let before = try #require(ProcFile.countEntries("/proc/self/fd"))
        let files = try (0..<50).map { _ in try FileHandle(forReadingFrom: URL(fileURLWithPath: "/dev/null")) }
        let after = try #require(ProcFile.countEntries("/proc/self/fd"))
        // Other tests open and close files meanwhile, but not as many.
        #expect(after > before + 20)
        try files.forEach { try $0.close() }
    }

    @Test("A file that is not there is nothing, not an error")
    func missingFile() {
        #expect(ProcFile.text("/proc/self/no-such-file") == nil)
        #expect(ProcFile.countEntries("/proc/self/no-such-folder") == nil)
    }
}
