#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The process's standard error, by descriptor: the C library's `stderr` is a global that Swift cannot share safely.
package enum StandardError {
    package static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// The environment variable's value; nil when it is not set.
    static func environment(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }

    /// Writes all of `line`, waiting for room when the descriptor is one that does not wait by itself. What cannot be
    /// written then is lost: there is nowhere left to say so.
    /// - Parameter patience: milliseconds to wait for room each time there is none.
    package static func write(_ line: String, to descriptor: Int32 = STDERR_FILENO, patience: Int32 = 100) {
        let bytes = Array(line.utf8)
        var start = 0
        while start < bytes.count {
            let written = unsafe bytes.withUnsafeBytes { all in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: all[start...])
                return unsafe writeBytes(descriptor, rest.baseAddress, rest.count)
            }
            if written < 0 && errno == EINTR { continue }
            // A line left half would run into the next one, so this is worth a bounded wait.
            if written < 0 && errno == EAGAIN && hasRoom(descriptor, patience: patience) { continue }
            guard written > 0 else { return }
            start += written
        }
    }

    private static func hasRoom(_ descriptor: Int32, patience: Int32) -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return unsafe poll(&request, 1, patience) == 1
    }

    private static func writeBytes(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
        #if canImport(Glibc)
        unsafe Glibc.write(descriptor, bytes, count)
        #elseif canImport(Musl)
        unsafe Musl.write(descriptor, bytes, count)
        #else
        unsafe Darwin.write(descriptor, bytes, count)
        #endif
    }
}
