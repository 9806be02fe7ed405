import Foundation
import Glibc
import NIOConcurrencyHelpers

/// A child that cannot outlive the tests, whose signals are not blocked, and whose output goes to files.
///
/// Foundation's `Process` is not used: its children inherit the mask of the thread that starts them, in which a
/// library may have blocked SIGTERM.
final class ChildProcess: Sendable {
    let identifier: pid_t
    let outputPath: String
    let errorPath: String
    /// The end of a pair of sockets whose closing, by us or by the kernel, tells the child's guard to kill it.
    private let leash: FileHandle
    private let exitCode = NIOLockedValueBox<Int32?>(nil)

    /// Before the program takes its place, the shell leaves a guard behind that waits for a word, or for the end.
    private static let script = """
        parent=$$
        (read -r word <&3 || kill -9 "$parent") </dev/null >/dev/null 2>&1 &
        exec "$@" 3<&-
        """

    /// - Parameters:
    ///   - folder: where `<name>.out` and `<name>.err` are written.
    ///   - environment: added to the tests' own.
    init(_ arguments: [String], name: String, folder: URL, environment: [String: String] = [:]) throws {
        outputPath = folder.appending(path: "\(name).out").path()
        errorPath = folder.appending(path: "\(name).err").path()
        var ends: [Int32] = [0, 0]
        // A pair of sockets instead of a pipe: closed on exec from its beginning, so no other child can hold an end.
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw Mishap("no pair of sockets: \(errno)") }
        defer { close(ends[0]) }
        leash = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
        identifier = try Self.spawn(
            ["/bin/sh", "-c", Self.script, "sh"] + arguments,
            environment: ProcessInfo.processInfo.environment.merging(environment) { $1 }, leash: ends[0],
            output: outputPath, error: errorPath)
    }

    deinit {
        if poll() == nil {
            Glibc.kill(identifier, SIGKILL)
            var status: Int32 = 0
            waitpid(identifier, &status, 0)
        }
        // The process is gone, so its number may soon be another's: the guard must not kill.
        try? leash.write(contentsOf: Data("done\n".utf8))
    }

    var output: String { (try? String(contentsOfFile: outputPath, encoding: .utf8)) ?? "" }
    var errors: String { (try? String(contentsOfFile: errorPath, encoding: .utf8)) ?? "" }

    func signal(_ number: Int32) {
        if poll() == nil { Glibc.kill(identifier, number) }
    }

    /// The exit code when the child has ended, 128 and the number when a signal ended it; nil while it runs.
    func poll() -> Int32? {
        exitCode.withLockedValue { code in
            if let code { return code }
            var status: Int32 = 0
            guard waitpid(identifier, &status, WNOHANG) == identifier else { return nil }
            let signal = status & 0x7F
            code = signal == 0 ? (status >> 8) & 0xFF : 128 + signal
            return code
        }
    }

    /// Waits for the child's end.
    /// - Returns: its exit code.
    func wait(within bound: Duration = .seconds(60)) async throws -> Int32 {
        try await eventually("the end of a process", within: bound) { poll() != nil }
        return poll() ?? -1
    }

    private static func spawn(
        _ arguments: [String], environment: [String: String], leash: Int32, output: String, error: String
    ) throws -> pid_t {
        // Nothing else of ours: a server of this process that was stopped would go on listening in its children.
        for descriptor: Int32 in 3..<1024 where fcntl(descriptor, F_GETFD) >= 0 {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, error, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, leash, 3)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in words + variables { free(pointer) } }
        var identifier: pid_t = 0
        let result = posix_spawn(&identifier, arguments[0], &actions, &attributes, &words, &variables)
        guard result == 0 else { throw Mishap("cannot start \(arguments[0]): \(result)") }
        return identifier
    }
}
