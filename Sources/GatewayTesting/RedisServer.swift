import Foundation
import NIOConcurrencyHelpers

/// A real `redis-server` in a directory of its own, for tests.
///
/// It dies with this object, and with the test process however that ends: a shell stands between the two, which kills
/// the server when the pipe from the test process closes. Methods block for milliseconds; they are for tests only.
package final class RedisServer: Sendable {
    /// Where a server listens.
    package enum Listener: Sendable {
        case freePort
        case unixSocket
        /// TLS only, on a free port, with the PEM files of the server's own certificate and key.
        case tls(certificate: String, key: String, authority: String)
    }

    /// Why a server did not come up, with the end of its log.
    package struct StartFailure: Error, CustomStringConvertible {
        package let description: String
    }

    private struct Running {
        var shell: Process
        var pipe: Pipe
        var serverID: pid_t
    }

    /// Holds the socket, the log and whatever the server saves; removed with the object.
    package let directory: String
    /// Nil for a unix socket.
    package let port: Int?
    private let arguments: [String]
    private let running = NIOLockedValueBox<Running?>(nil)

    /// Starts a server and returns once it accepts connections.
    ///
    /// - Parameter arguments: more of what stands in `redis.conf`, as command-line arguments: `["--requirepass", "x"]`.
    package init(_ listener: Listener = .freePort, arguments: [String] = []) throws {
        let directory = NSTemporaryDirectory() + "refrain-redis-" + UUID().uuidString.prefix(8)
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        self.directory = directory
        var all = ["--dir", directory, "--save", "", "--appendonly", "no", "--daemonize", "no"]
        switch listener {
        case .freePort:
            let port = try Self.freePort()
            self.port = port
            all += ["--bind", "127.0.0.1", "--port", "\(port)"]
        case .unixSocket:
            port = nil
            all += ["--port", "0", "--unixsocket", directory + "/redis.sock"]
        case .tls(let certificate, let key, let authority):
            let port = try Self.freePort()
            self.port = port
            all += ["--bind", "127.0.0.1", "--port", "0", "--tls-port", "\(port)", "--tls-auth-clients", "no"]
            all += ["--tls-cert-file", certificate, "--tls-key-file", key, "--tls-ca-cert-file", authority]
        }
        self.arguments = all + arguments
        try start()
    }

    deinit {
        kill()
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// Path of the unix socket, if the server listens on one.
    package var socketPath: String { directory + "/redis.sock" }

    /// Starts the server again on the same port or socket, after `stop` or `kill`.
    package func start() throws {
        guard running.withLockedValue({ $0 == nil }) else { return }
        try? FileManager.default.removeItem(atPath: logPath)
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        // `read` returns when the other end of the pipe is closed, by us or by the kernel.
        let script = """
            redis-server "$@" </dev/null >"$LOG" 2>&1 &
            echo $!
            read -r _
            kill -9 $! 2>/dev/null
            """
        shell.arguments = ["-c", script, "sh"] + arguments
        shell.environment = ProcessInfo.processInfo.environment.merging(["LOG": logPath]) { $1 }
        let (input, output) = (Pipe(), Pipe())
        // No other child may hold this end open, or the server outlives us.
        _ = fcntl(input.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
        shell.standardInput = input
        shell.standardOutput = output
        try shell.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let identifier = pid_t(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw StartFailure(description: "no process id from the shell: \(line)")
        }
        running.withLockedValue { $0 = Running(shell: shell, pipe: input, serverID: identifier) }
        try awaitReady(identifier)
    }

    /// Ends the server as its operator would, and waits for it.
    package func stop() {
        signal(SIGTERM)
        end()
    }

    /// Ends the server as a crash would (SIGKILL), and waits for it.
    package func kill() {
        signal(SIGKILL)
        end()
    }

    /// Stops the server's process in its tracks: connections stay open and nothing answers.
    package func pause() {
        signal(SIGSTOP)
    }

    /// Lets a paused server go on.
    package func resume() {
        signal(SIGCONT)
    }

    /// How many keys it holds of answers: entries, what they share, their leases and logs. None, when nothing was
    /// stored. What tells of calls under way is none of them as long as it ends by itself within half a minute.
    package func answerKeys() throws -> Int {
        let script = """
            local count = 0
            for _, key in ipairs(redis.call('KEYS', 'rf:{[0-9][0-9]}:*')) do
                local isOfCalls = string.find(key, '^rf:{%d%d}:lock:') or string.find(key, '^rf:{%d%d}:fly$')
                    or string.find(key, '^rf:{%d%d}:parts$')
                local life = redis.call('PTTL', key)
                if not isOfCalls or life < 0 or life > 30000 then count = count + 1 end
            end
            return count
            """
        guard let count = Int(try cli("EVAL", script, "0")) else {
            throw CocoaError(.coderReadCorrupt)
        }
        return count
    }

    /// Runs `redis-cli` against the server and returns what it printed. Not for TLS.
    package func cli(_ arguments: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let place = port.map { ["-h", "127.0.0.1", "-p", "\($0)"] } ?? ["-s", socketPath]
        process.arguments = ["redis-cli"] + place + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    private var logPath: String { directory + "/redis.log" }

    private func signal(_ number: Int32) {
        if let identifier = running.withLockedValue({ $0?.serverID }) { _ = Glibc.kill(identifier, number) }
    }

    /// Waits until the server is gone, then lets the shell go.
    private func end() {
        guard let ended = running.withLockedValue({ running in
            defer { running = nil }
            return running
        }) else { return }
        while Self.isAlive(ended.serverID) { usleep(1_000) }
        try? ended.pipe.fileHandleForWriting.close()
        ended.shell.waitUntilExit()
    }

    /// A zombie counts as gone: its shell has not collected it yet.
    private static func isAlive(_ identifier: pid_t) -> Bool {
        let status = try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8)
        return status.map { !$0.contains(") Z ") } ?? false
    }

    private func awaitReady(_ identifier: pid_t) throws {
        while true {
            let log = (try? String(contentsOfFile: logPath, encoding: .utf8)) ?? ""
            if log.contains("eady to accept connections") || log.contains("now ready to accept") { return }
            guard Self.isAlive(identifier) else {
                end()
                throw StartFailure(description: "redis-server ended at once: \(log.suffix(500))")
            }
            usleep(2_000)
        }
    }

    /// A port that was free a moment ago.
    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 ? getsockname(descriptor, $0, &length) : -1
            }
        }
        guard result == 0 else { throw StartFailure(description: "no free port") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
