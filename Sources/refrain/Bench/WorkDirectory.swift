#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import FoundationEssentials

/// A temporary directory that goes with this object.
final class WorkDirectory {
    let path: String

    init() throws(BenchError) {
        let base = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        var template = Array((base + "/refrain-bench-XXXXXX").utf8CString)
        let made = unsafe template.withUnsafeMutableBufferPointer { buffer -> String? in
            guard let start = buffer.baseAddress else { return nil }
            return unsafe mkdtemp(start).map { unsafe String(cString: $0) }
        }
        guard let made else { throw BenchError("cannot make a directory in \(base)") }
        path = made
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func path(_ name: String) -> String { path + "/" + name }

    /// - Returns: the file's path.
    @discardableResult
    func write(_ text: String, to name: String) throws(BenchError) -> String {
        let path = path(name)
        guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8)) else {
            throw BenchError("cannot write \(path)")
        }
        return path
    }
}
