#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The count that a preloaded library keeps of a process' allocations.
struct AllocationCounter {
    /// Where the library writes it.
    let path: String

    /// - Parameter library: an absolute path.
    func environment(library: String) -> [String] { ["LD_PRELOAD=\(library)", "MALLOC_COUNTER=\(path)"] }

    /// Allocations so far; nil when the library is not loaded.
    func read() -> Int? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var count: UInt64 = 0
        let size = MemoryLayout<UInt64>.size
        return unsafe pread(descriptor, &count, size, 0) == size ? Int(clamping: count) : nil
    }

    /// The count when work behind the last answer is done: unchanged over three looks, or after two seconds.
    func settled() async throws -> Int {
        var last = -1
        var calm = 0
        for _ in 0..<100 {
            guard let count = read() else { throw BenchError("\(path) holds no count: was the library loaded?") }
            calm = count == last ? calm + 1 : 0
            if calm == 3 { return count }
            last = count
            try await Task.sleep(for: .milliseconds(20))
        }
        return last
    }
}
