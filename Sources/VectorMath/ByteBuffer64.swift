/// Bytes in aligned memory of our own, zero at first: the memory of an ``AlignedBuffer``.
///
/// Safe because the address never changes, and who may write when is the owner's business.
final class ByteBuffer64: @unchecked Sendable {
    private let floats: AlignedBuffer
    let start: UnsafeMutablePointer<UInt8>

    init(count: Int) {
        floats = AlignedBuffer(count: (count + 3) / 4)
        start = UnsafeMutableRawPointer(floats.start).bindMemory(to: UInt8.self, capacity: floats.count * 4)
    }
}
