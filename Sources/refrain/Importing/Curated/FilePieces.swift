import ArgumentParser
import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Reads a file piece by piece, so that its length costs no memory. Blocks while it reads.
final class FilePieces {
    /// In bytes; zero for what has none, such as a pipe.
    let size: Int
    /// How much was read.
    private(set) var offset = 0
    private let path: String
    private let descriptor: Int32
    private var piece = [UInt8](repeating: 0, count: 1 << 16)

    init(_ path: String) throws {
        self.path = path
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ValidationError("cannot read '\(path)'") }
        var status = stat()
        size = unsafe fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    }

    deinit { close(descriptor) }

    /// Nil at the end.
    func next() throws -> ByteBuffer? {
        let count = unsafe piece.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        guard count >= 0 else { throw ValidationError("cannot read '\(path)': error \(errno)") }
        offset += count
        return count == 0 ? nil : ByteBuffer(bytes: piece.prefix(count))
    }
}
