import NIOConcurrencyHelpers

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A nameless temporary file for the vectors as they came: a search reads the few it must score exactly, so they need
/// no memory of the process. What is often read stays in the system's page cache, which it may drop at any time.
///
/// Read and written by calls, not mapped: a full disk or a failing one is then an error that is seen, not a signal.
/// Places are given back and used again; the file itself goes with the process.
final class VectorFile: Sendable {
    private struct State {
        var end: Int64 = 0
        /// Places that were given back, by their length.
        var free: [Int: [Int64]] = [:]
    }

    private let descriptor: Int32
    private let state = NIOLockedValueBox(State())

    /// Nil when no file can be made in `directory`.
    /// - Parameter directory: nil for the one that `TMPDIR` names, or `/var/tmp`, which unlike `/tmp` is on a disk.
    init?(directory: String? = nil) {
        let named = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) }
        let base = directory ?? named ?? "/var/tmp"
        var path = Array((base + "/refrain-vectors-XXXXXX").utf8CString)
        let descriptor = unsafe path.withUnsafeMutableBufferPointer { buffer -> Int32 in
            guard let start = buffer.baseAddress else { return -1 }
            let descriptor = unsafe mkstemp(start)
            if descriptor >= 0 { unsafe unlink(start) }
            return descriptor
        }
        guard descriptor >= 0 else { return nil }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Where `length` bytes may stand.
    func reserve(_ length: Int) -> Int64 {
        state.withLockedValue { state in
            if let place = state.free[length]?.popLast() { return place }
            defer { state.end += Int64(length) }
            return state.end
        }
    }

    /// Gives a place back that was reserved with the same length.
    func release(_ place: Int64, length: Int) {
        state.withLockedValue { $0.free[length, default: []].append(place) }
    }

    /// False when not everything could be written.
    func write(_ floats: [Float], at offset: Int64) -> Bool {
        unsafe floats.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let written = unsafe pwrite(
                    descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done, off_t(offset) + off_t(done))
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { return false }
                done += written
            }
            return true
        }
    }

    /// Fills `floats` from `offset` on; false when not everything could be read.
    func read(into floats: inout [Float], at offset: Int64) -> Bool {
        unsafe floats.withUnsafeMutableBytes { bytes in
            var done = 0
            while done < bytes.count {
                let got = unsafe pread(
                    descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done, off_t(offset) + off_t(done))
                if got < 0, errno == EINTR { continue }
                guard got > 0 else { return false }
                done += got
            }
            return true
        }
    }
}
