#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Reads the small files in which Linux tells about a process.
enum ProcFile {
    /// The first `limit` bytes of the file; nil when it cannot be read. The kernel makes the text at once, so it
    /// never waits for a disk.
    static func text(_ path: String, limit: Int = 16_384) -> String? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4_096)
        while bytes.count < limit {
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            bytes.append(contentsOf: chunk.prefix(count))
        }
        return String(decoding: bytes.prefix(limit), as: UTF8.self)
    }

    /// How many entries the folder has, besides itself and its parent; nil when it cannot be read.
    static func countEntries(_ path: String) -> Int? {
        guard let folder = unsafe opendir(path) else { return nil }
        defer { unsafe closedir(folder) }
        var count = 0
        while unsafe readdir(folder) != nil { count += 1 }
        return max(count - 2, 0)
    }
}
