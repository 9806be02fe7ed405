#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A server that lives no longer than this object, however this process ends.
///
/// A shell in a process group of its own stands between the two: it ends the server, with all that the server started,
/// when the pipe from here is closed, by `stop` or by the kernel. Blocks for milliseconds; for the command line only.
final class ChildProcess {
    let id: pid_t
    private let shell: pid_t
    private var lifeline: Int32

    /// TERM first, so that a server may end its workers itself; after a second, KILL to whoever is left.
    private static let script = """
        log=$1; litter=$2; shift 2
        "$@" </dev/null >"$log" 2>&1 3>&- &
        child=$!
        echo $child >&3
        exec 3>&-
        read -r _
        kill $child 2>/dev/null
        for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
            kill -0 $child 2>/dev/null || break
            sleep 0.05
        done
        if [ -n "$litter" ]; then rm -rf -- "$litter"; fi
        kill -0 $child 2>/dev/null && kill -9 -$$
        """

    /// Starts `command`, found by PATH; its output goes to the file `log`.
    /// - Parameters:
    ///   - core: the only processor it may use; nil for any.
    ///   - litter: a directory to remove when the server has ended, also if this process can no longer do so.
    init(_ command: [String], core: Int? = nil, log: String, litter: WorkDirectory? = nil) throws(BenchError) {
        var input: [Int32] = [0, 0]
        var output: [Int32] = [0, 0]
        guard unsafe pipe(&input) == 0, unsafe pipe(&output) == 0 else {
            throw BenchError("no pipe for \(command.first ?? ""): error \(errno)")
        }
        // No other server may inherit a lifeline, or this one outlives us.
        for descriptor in input + output { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        let pinned = core.map { ["taskset", "-c", "\($0)"] + command } ?? command
        let arguments = ["sh", "-c", Self.script, "sh", log, litter?.path ?? ""] + pinned
        let shell = Self.spawn(arguments, input: input[0], output: output[1])
        close(input[0])
        close(output[1])
        defer { close(output[0]) }
        guard let shell else {
            close(input[1])
            throw BenchError("cannot start \(command.first ?? "")")
        }
        self.shell = shell
        lifeline = input[1]
        guard let id = Self.readNumber(output[0]) else {
            close(input[1])
            throw BenchError("\(command.first ?? "") did not start")
        }
        self.id = id
    }

    deinit { stop() }

    /// Ends the server and waits until it is gone.
    func stop() {
        guard lifeline >= 0 else { return }
        close(lifeline)
        lifeline = -1
        var status: Int32 = 0
        while unsafe waitpid(shell, &status, 0) < 0, errno == EINTR {}
    }

    /// Whether it runs; one that has ended and was not collected yet does not.
    var isAlive: Bool { ProcFile.text("/proc/\(id)/stat").map { !$0.contains(") Z ") } ?? false }

    private static func spawn(_ arguments: [String], input: Int32, output: Int32) -> pid_t? {
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawnattr_init(&attributes)
        defer {
            unsafe posix_spawn_file_actions_destroy(&actions)
            unsafe posix_spawnattr_destroy(&attributes)
        }
        unsafe posix_spawn_file_actions_adddup2(&actions, input, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, 3)
        // Ctrl-C goes to the foreground group: the shell must not die of it before it has ended the server.
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        // Threads of the cooperative pool block signals, and a server that inherits that never hears of TERM.
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        var pointers = unsafe arguments.map { unsafe strdup($0) }
        unsafe pointers.append(nil)
        defer { for unsafe pointer in unsafe pointers { unsafe free(pointer) } }
        var identifier: pid_t = 0
        let result = unsafe posix_spawn(&identifier, "/bin/sh", &actions, &attributes, pointers, environ)
        return result == 0 ? identifier : nil
    }

    /// A line with a number; nil when the other end is closed without one.
    private static func readNumber(_ descriptor: Int32) -> pid_t? {
        var text = ""
        var byte: UInt8 = 0
        while unsafe read(descriptor, &byte, 1) == 1, byte != UInt8(ascii: "\n") {
            text.unicodeScalars.append(Unicode.Scalar(byte))
        }
        return pid_t(text)
    }

    /// What a command prints on standard output and standard error; nil when it cannot be run.
    static func output(of command: [String], in directory: WorkDirectory) -> String? {
        let log = directory.path("output")
        guard let child = try? ChildProcess(command, log: log) else { return nil }
        while child.isAlive { usleep(10_000) }
        child.stop()
        return ProcFile.text(log)
    }
}
