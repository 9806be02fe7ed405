#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What a process and its children have used so far. Nothing on systems without /proc.
struct ProcessUsage {
    /// User and system time of all threads, to the nanosecond: the clock of each process, not the ticks of /proc.
    var processorTime: Duration = .zero
    var residentBytes = 0

    static let none = ProcessUsage()

    /// - Parameter root: the process whose tree is summed; children that have ended count no more.
    static func ofTree(_ root: pid_t) -> ProcessUsage {
        var usage = none
        var waiting = [root]
        while let id = waiting.popLast() {
            usage.add(id)
            let children = ProcFile.text("/proc/\(id)/task/\(id)/children") ?? ""
            waiting += children.split(separator: " ").compactMap { pid_t($0) }
        }
        return usage
    }

    /// The most that a process was ever resident with, in bytes; 0 for one that is not there.
    static func peakBytes(of id: pid_t) -> Int {
        let lines = (ProcFile.text("/proc/\(id)/status") ?? "").split(separator: "\n")
        let peak = lines.first { $0.hasPrefix("VmHWM:") }?.split { !$0.isNumber }.first
        return (peak.flatMap { Int($0) } ?? 0) * 1024
    }

    private mutating func add(_ id: pid_t) {
        processorTime += Self.clock(of: id)
        // Field 2 of statm, in pages (proc(5)).
        let memory = (ProcFile.text("/proc/\(id)/statm") ?? "").split(separator: " ")
        if memory.count > 1, let pages = Int(memory[1]) { residentBytes += pages * sysconf(Int32(_SC_PAGESIZE)) }
    }

    private static func clock(of id: pid_t) -> Duration {
        #if os(Linux)
        var clock = clockid_t()
        guard unsafe clock_getcpuclockid(id, &clock) == 0 else { return .zero }
        // Two words, read as such: the fields of timespec are claimed by a module of NIO's.
        return unsafe withUnsafeTemporaryAllocation(byteCount: 16, alignment: 8) { words in
            guard let start = words.baseAddress,
                unsafe clock_gettime(clock, start.assumingMemoryBound(to: timespec.self)) == 0
            else { return .zero }
            let nanoseconds = unsafe words.load(fromByteOffset: 8, as: Int.self)
            return unsafe .seconds(words.load(as: Int.self)) + .nanoseconds(nanoseconds)
        }
        #else
        return .zero
        #endif
    }

    var residentMiB: Double { Double(residentBytes) / 1_048_576 }
}
