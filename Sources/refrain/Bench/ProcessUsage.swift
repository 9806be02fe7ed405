#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What a process and its children have used so far, from /proc. Nothing on systems without it.
struct ProcessUsage {
    /// User and system time, in steps of 10 ms.
    var processorTime: Duration = .zero
    var residentBytes = 0

    static let none = ProcessUsage()

    /// - Parameter root: the process whose tree is summed; children that have ended and were awaited count too.
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

    /// Fields 14 to 17 of /proc/pid/stat and field 2 of statm (proc(5)). The name in parentheses may hold blanks.
    private mutating func add(_ id: pid_t) {
        guard let stat = ProcFile.text("/proc/\(id)/stat"), let name = stat.lastIndex(of: ")") else { return }
        let fields = stat[name...].split(separator: " ")
        guard fields.count > 15 else { return }
        let ticks = fields[12...15].compactMap { Int($0) }.reduce(0, +)
        processorTime += .milliseconds(ticks * 1000 / max(sysconf(Int32(_SC_CLK_TCK)), 1))
        let memory = (ProcFile.text("/proc/\(id)/statm") ?? "").split(separator: " ")
        if memory.count > 1, let pages = Int(memory[1]) { residentBytes += pages * sysconf(Int32(_SC_PAGESIZE)) }
    }
}
