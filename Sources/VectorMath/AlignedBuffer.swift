#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Floats in memory of our own that starts on a 64-byte border, so that a row never straddles more cache lines
/// than it must. Zero at first. Large buffers take memory only for the pages that are used.
///
/// Safe because the address never changes and the memory lives as long as the buffer. Who may write when is the
/// business of the type that owns the buffer: `Matrix` is confined to one thread, `VectorChunk` publishes rows.
final class AlignedBuffer: @unchecked Sendable {
    /// In bytes: one cache line, and the widest vector register there is.
    static let alignment = 64

    /// In bytes: from here on a buffer is a mapping of its own, whose pages come as they are touched.
    private static let mappingThreshold = 1 << 18

    let count: Int
    let start: UnsafeMutablePointer<Float>
    private let byteCount: Int

    init(count: Int) {
        precondition(count >= 0, "a buffer cannot hold \(count) floats")
        self.count = count
        self.byteCount = max(count, 1) * MemoryLayout<Float>.stride
        guard byteCount >= Self.mappingThreshold else {
            self.start = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: Self.alignment)
                .bindMemory(to: Float.self, capacity: max(count, 1))
            start.initialize(repeating: 0, count: max(count, 1))
            return
        }
        let pages = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let pages, pages != MAP_FAILED else {
            preconditionFailure("the system refused \(byteCount) bytes of memory")
        }
        self.start = pages.bindMemory(to: Float.self, capacity: count)
    }

    deinit {
        if byteCount >= Self.mappingThreshold {
            munmap(start, byteCount)
        } else {
            UnsafeMutableRawPointer(start).deallocate()
        }
    }
}
