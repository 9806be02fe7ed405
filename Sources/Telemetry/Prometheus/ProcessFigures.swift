#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What the system knows of this process, under the names Prometheus' own clients use. Figures that cannot be
/// read are left out.
package struct ProcessFigures: Sendable, Equatable {
    /// User and system time, in seconds.
    package var cpuSeconds: Double?
    package var residentBytes: Int?
    package var openFileDescriptors: Int?
    /// Seconds since 1970.
    package var startTime: Double?

    /// Parses what procfs says (Linux, proc(5)).
    /// - Parameters:
    ///   - processStat: `/proc/self/stat`.
    ///   - systemStat: `/proc/stat`, for the time of the start of the system.
    ///   - ticksPerSecond: the unit of times in both.
    ///   - pageSize: bytes.
    package init(
        processStat: String?, systemStat: String?, openFileDescriptors: Int?, ticksPerSecond: Int, pageSize: Int
    ) {
        self.openFileDescriptors = openFileDescriptors
        // The second field is the program's name in parentheses; it may hold blanks and parentheses itself.
        guard ticksPerSecond > 0, let stat = processStat, let nameEnd = stat.lastIndex(of: ")") else { return }
        let fields = stat[stat.index(after: nameEnd)...].split(whereSeparator: \.isWhitespace)
        // proc(5) counts fields from 1 and the name is the second, so field n is at n - 3.
        func field(_ number: Int) -> Int? { number - 3 < fields.count ? Int(fields[number - 3]) : nil }
        let ticks = Double(ticksPerSecond)
        if let user = field(14), let system = field(15) { cpuSeconds = (Double(user) + Double(system)) / ticks }
        if let pages = field(24) { residentBytes = pages.multipliedReportingOverflow(by: pageSize).partialValue }
        if let start = field(22), let boot = Self.bootTime(systemStat) {
            startTime = Double(boot) + Double(start) / ticks
        }
    }

    /// Reads them now.
    package static func current() -> ProcessFigures {
        ProcessFigures(
            processStat: ProcFile.text("/proc/self/stat"), systemStat: ProcFile.text("/proc/stat", limit: 1 << 20),
            // One of them is the folder that is being counted.
            openFileDescriptors: ProcFile.countEntries("/proc/self/fd").map { max($0 - 1, 0) },
            ticksPerSecond: sysconf(Int32(_SC_CLK_TCK)), pageSize: sysconf(Int32(_SC_PAGESIZE)))
    }

    private static func bootTime(_ systemStat: String?) -> Int? {
        let line = systemStat?.split(separator: "\n").first { $0.hasPrefix("btime ") }
        return line.flatMap { Int($0.dropFirst("btime ".count)) }
    }

    static let cpuDefinition = MetricDefinition.counter(
        "process_cpu_seconds_total", "User and system time of the process, in seconds.")
    static let residentDefinition = MetricDefinition.gauge(
        "process_resident_memory_bytes", "Memory of the process that is in RAM, in bytes.")
    static let descriptorsDefinition = MetricDefinition.gauge(
        "process_open_fds", "Open file descriptors of the process.")
    static let startDefinition = MetricDefinition.gauge(
        "process_start_time_seconds", "When the process started, in seconds since 1970.")

    /// In the order of the fields.
    package static let definitions = [cpuDefinition, residentDefinition, descriptorsDefinition, startDefinition]

    var families: [ExposedFamily] {
        [
            cpuSeconds.map { ExposedFamily(Self.cpuDefinition, [("", .real($0))]) },
            residentBytes.map { ExposedFamily(Self.residentDefinition, [("", .whole($0))]) },
            openFileDescriptors.map { ExposedFamily(Self.descriptorsDefinition, [("", .whole($0))]) },
            startTime.map { ExposedFamily(Self.startDefinition, [("", .real($0))]) },
        ].compactMap { $0 }
    }
}
