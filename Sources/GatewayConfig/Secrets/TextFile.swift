import Glibc

/// Reads small text files whole.
enum TextFile {
    /// Why a file cannot be read, without its path, which the caller names.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The content of the file at `path`. Blocks on the file system.
    /// - Parameter limit: the most bytes it may have.
    static func read(_ path: String, limit: Int) throws(Failure) -> String {
        guard let text = String(validating: try bytes(path, limit: limit), as: UTF8.self) else {
            throw Failure(description: "it is not UTF-8")
        }
        return text
    }

    /// The same of a file that need not be text.
    static func bytes(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(errno) }
        defer { close(descriptor) }
        // One byte more than allowed tells a file that fits from one that does not.
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: min(limit + 1, 64 * 1024))
        while bytes.count <= limit {
            let wanted = min(block.count, limit + 1 - bytes.count)
            let count = unsafe block.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, wanted) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(errno) }
            if count == 0 { break }
            bytes += block[..<count]
        }
        guard bytes.count <= limit else { throw Failure(description: "it has more than \(limit) bytes") }
        return bytes
    }

    private static func failure(_ code: Int32) -> Failure {
        guard let reason = unsafe strerror(code) else { return Failure(description: "error \(code)") }
        return Failure(description: unsafe String(cString: reason))
    }
}
