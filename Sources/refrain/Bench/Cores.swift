#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Who runs where: the server under test has a processor of its own, everything else shares another.
struct Cores {
    /// Nil when there is one processor only, or no `taskset`.
    let server: Int?
    let rest: Int?

    init(in directory: WorkDirectory) {
        let isPossible = sysconf(Int32(_SC_NPROCESSORS_ONLN)) >= 2
            && ChildProcess.output(of: ["taskset", "--version"], in: directory)?.contains("util-linux") == true
        server = isPossible ? 0 : nil
        rest = isPossible ? 1 : nil
    }

    /// Moves all threads of this process, with those they will start, to the processor for the rest.
    func pinThisProcess(in directory: WorkDirectory) {
        guard let rest else { return }
        _ = ChildProcess.output(of: ["taskset", "-apc", "\(rest)", "\(getpid())"], in: directory)
    }

    /// Lets this process use every processor again.
    func releaseThisProcess() {
        // The directory of the run has gone with its servers.
        guard rest != nil, let directory = try? WorkDirectory() else { return }
        let last = sysconf(Int32(_SC_NPROCESSORS_ONLN)) - 1
        _ = ChildProcess.output(of: ["taskset", "-apc", "0-\(last)", "\(getpid())"], in: directory)
    }
}
