#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file of floats in the machine's order, which is little-endian wherever this runs, without a header.
final class FloatFile {
    private let descriptor: Int32
    private let path: String

    /// Makes the file, or empties it.
    init(path: String) throws(BenchError) {
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        self.path = path
        guard descriptor >= 0 else { throw BenchError("cannot write \(path)") }
    }

    deinit { close(descriptor) }

    func append(_ floats: [Float]) throws(BenchError) {
        let isWritten = unsafe floats.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let count = unsafe write(descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done)
                guard count > 0 else { return false }
                done += count
            }
            return true
        }
        guard isWritten else { throw BenchError("cannot write all of \(path)") }
    }
}
