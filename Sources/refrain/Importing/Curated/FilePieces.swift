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
    /// Whether it can be read again from its beginning, which a pipe or a terminal cannot.
    let isRegular: Bool
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
        let isKnown = unsafe fstat(descriptor, &status) == 0
        isRegular = isKnown && status.st_mode & S_IFMT == S_IFREG
        size = isKnown ? Int(status.st_size) : 0
    }

    deinit { close(descriptor) }

    /// Nil at the end.
    func next() throws -> ByteBuffer? {
        var count: Int
        repeat {
            count = unsafe piece.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        } while count < 0 && errno == EINTR
        guard count >= 0 else { throw ValidationError("cannot read '\(path)': error \(errno)") }
        offset += count
        return count == 0 ? nil : ByteBuffer(bytes: piece.prefix(count))
    }
}
