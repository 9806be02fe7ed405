/// Floats in memory of our own that starts on a 64-byte border, so that a row never straddles more cache lines
/// than it must. Zero at first; the system hands out pages as they are touched.
///
/// Safe because the address never changes and the memory lives as long as the buffer. Who may write when is the
/// business of the type that owns the buffer: `Matrix` is confined to one thread, `VectorChunk` publishes rows.
final class AlignedBuffer: @unchecked Sendable {
    /// In bytes: one cache line, and the widest vector register there is.
    static let alignment = 64

    let count: Int
    let start: UnsafeMutablePointer<Float>

    init(count: Int) {
        precondition(count >= 0, "a buffer cannot hold \(count) floats")
        self.count = count
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: Self.alignment)
        self.start = bytes.bindMemory(to: Float.self, capacity: max(count, 1))
        start.initialize(repeating: 0, count: max(count, 1))
    }

    deinit {
        UnsafeMutableRawPointer(start).deallocate()
    }

    var floats: UnsafeMutableBufferPointer<Float> { UnsafeMutableBufferPointer(start: start, count: count) }
}
