#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The process's standard error, by descriptor: the C library's `stderr` is a global that Swift cannot share safely.
enum StandardError {
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Whether the user asked for no colours (no-color.org): the variable is there and not empty.
    static var isColorRefused: Bool {
        guard let value = unsafe getenv("NO_COLOR") else { return false }
        return unsafe value.pointee != 0
    }

    /// Writes all of `line`. What cannot be written is lost: there is nowhere left to say so.
    static func write(_ line: String) {
        let bytes = Array(line.utf8)
        var start = 0
        while start < bytes.count {
            let written = unsafe bytes.withUnsafeBytes { all in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: all[start...])
                return unsafe writeBytes(rest.baseAddress, rest.count)
            }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { return }
            start += written
        }
    }

    private static func writeBytes(_ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
        #if canImport(Glibc)
        unsafe Glibc.write(STDERR_FILENO, bytes, count)
        #elseif canImport(Musl)
        unsafe Musl.write(STDERR_FILENO, bytes, count)
        #else
        unsafe Darwin.write(STDERR_FILENO, bytes, count)
        #endif
    }
}
