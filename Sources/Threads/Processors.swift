internal import CThreads

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The processors of the machine, as far as they are ours.
package enum Processors {
    /// How many this process may run on, at least 1: fewer than the machine has when it was pinned to some. A process
    /// with more threads than processors pays for it in context switches.
    package static var allowed: Int {
        let allowed = Int(CThreads_allowed_processors())
        return allowed > 0 ? allowed : max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    }
}
